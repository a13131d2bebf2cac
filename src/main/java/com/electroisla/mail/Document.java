package com.electroisla.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of a letter in the reader's language, without its form. Whatever a person may have typed is plain text
 * here; the form escapes it.
 *
 * @param language {@code es} or {@code en}
 * @param shop the shop's name
 * @param address the shop's address; null when it is not known
 * @param code shown large; null for none
 * @param table of what was bought or held; null for none
 * @param facts such as the address of delivery
 * @param button null for none
 * @param reason why the reader gets this letter
 */
public record Document(
        String language,
        String shop,
        @Nullable String address,
        String subject,
        String greeting,
        List<String> paragraphs,
        @Nullable String code,
        @Nullable Table table,
        List<Fact> facts,
        @Nullable Button button,
        String reason) {
    /**
     * A table with one line a product.
     *
     * @param total null for none
     */
    public record Table(List<Line> lines, @Nullable Fact total) {}

    /**
     * A line of the table.
     *
     * @param price of one unit; empty for none
     * @param amount empty for none
     */
    public record Line(String product, String quantity, String price, String amount) {}

    public record Fact(String name, String value) {}

    public record Button(String text, String href) {}
}
