package com.electroisla.mail;

import com.electroisla.http.Language;
import com.electroisla.http.TimeInWords;
import com.electroisla.mail.Document.Button;
import com.electroisla.mail.Document.Fact;
import com.electroisla.mail.Document.Line;
import com.electroisla.mail.Document.Table;
import com.electroisla.pages.Words;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a letter's text of its values, in the reader's language: a pure function.
 *
 * @param shop the shop's first public address, for links; empty: the letters have none
 * @param zone the shop's, of every day and hour in a letter
 */
public record Composition(Optional<URI> shop, ZoneId zone) {
    private static final String AREA = "mail";

    public Document document(StoredLetter letter) {
        return new Composed(new Words(language(letter), AREA), letter, new Values(letter.values())).document();
    }

    /** The same with a mask in the place of the code. */
    public Document withoutCode(StoredLetter letter) {
        return document(letter.masked());
    }

    private static Language language(StoredLetter letter) {
        return letter.language().equals("en") ? Language.ENGLISH : Language.SPANISH;
    }

    /** The values of a letter, whatever release wrote it: what is absent is empty. */
    private record Values(Map<String, Object> all) {
        String text(String name) {
            return Objects.toString(all.get(name), "");
        }

        BigDecimal amount(String name) {
            return amount(all, name);
        }

        static BigDecimal amount(Map<?, ?> of, String name) {
            Object value = of.get(name);
            return value == null ? BigDecimal.ZERO : new BigDecimal(value.toString());
        }

        List<Map<?, ?>> lines() {
            List<Map<?, ?>> lines = new ArrayList<>();
            if (all.get(OrderLetters.LINES) instanceof List<?> found) {
                found.forEach(each -> {
                    if (each instanceof Map<?, ?> line) {
                        lines.add(line);
                    }
                });
            }
            return lines;
        }
    }

    private final class Composed {
        private final Words words;
        private final StoredLetter letter;
        private final Values values;
        private final String kind;

        Composed(Words words, StoredLetter letter, Values values) {
            this.words = words;
            this.letter = letter;
            this.values = values;
            this.kind = letter.kind().word();
        }

        Document document() {
            String order = values.text(OrderLetters.ORDER);
            return new Document(
                    letter.language(),
                    words.text("tienda"),
                    shop.map(URI::toString).orElse(null),
                    words.text("asunto_" + kind, words.text("tienda"), order),
                    values.text(Letter.NAME).isEmpty()
                            ? words.text("saludo_sin_nombre")
                            : words.text("saludo", values.text(Letter.NAME)),
                    paragraphs(order),
                    code(),
                    table(),
                    facts(),
                    button(order),
                    words.text("motivo_" + kind, words.text("tienda")));
        }

        private List<String> paragraphs(String order) {
            Duration use = Duration.between(letter.createdAt(), letter.lapsesAt());
            long minutes = use.plusSeconds(30).toMinutes();
            List<String> paragraphs = new ArrayList<>();
            String text = "texto_" + kind;
            paragraphs.add(words.text(
                    order.isEmpty() && words.has(text + "_sin_pedido") ? text + "_sin_pedido" : text,
                    words.text("tienda"),
                    order,
                    values.text(Letter.WHO),
                    role(values.text(Letter.ROLE)),
                    words.money(values.amount(RefundLetters.SUM)),
                    moment(values.text(OrderLetters.LAPSES))));
            String why = "por_" + values.text(RefundLetters.REASON);
            if (letter.kind() == LetterKind.REFUND_OWED && words.has(why)) {
                paragraphs.add(words.text(why));
            }
            if (letter.kind() == LetterKind.ORDER_PLACED
                    && !values.text(OrderLetters.LAPSES).isEmpty()) {
                paragraphs.add(words.text("pagar_antes", moment(values.text(OrderLetters.LAPSES))));
            }
            if (letter.kind().hasLink()) {
                String time = TimeInWords.of(Duration.ofMinutes(Math.max(1, minutes)), words.language());
                paragraphs.add(words.text(shop.isPresent() ? "vale_enlace" : "vale_codigo_largo", time));
            } else if (letter.kind().hasCode()) {
                paragraphs.add(words.text("vale_minutos", Math.max(1, minutes)));
                paragraphs.add(words.text("si_no_fuiste_tu"));
            }
            return paragraphs;
        }

        private String moment(String iso) {
            try {
                return iso.isEmpty() ? "" : words.when(Instant.parse(iso), zone);
            } catch (DateTimeException written) {
                return iso;
            }
        }

        private String role(String word) {
            return words.has(word) ? words.text(word) : word;
        }

        private @Nullable String code() {
            if (!letter.kind().hasCode() || letter.kind().hasLink() && shop.isPresent()) {
                return null;
            }
            String code = values.text(Letter.CODE);
            return code.isEmpty() ? StoredLetter.MASK : code;
        }

        private @Nullable Table table() {
            List<Line> lines = new ArrayList<>();
            for (Map<?, ?> line : values.lines()) {
                lines.add(new Line(
                        Objects.toString(line.get(OrderLetters.PRODUCT), ""),
                        Objects.toString(line.get(OrderLetters.QUANTITY), ""),
                        money(line, OrderLetters.PRICE),
                        money(line, OrderLetters.AMOUNT)));
            }
            if (lines.isEmpty()) {
                return null;
            }
            return new Table(
                    List.copyOf(lines),
                    values.text(OrderLetters.TOTAL).isEmpty()
                            ? null
                            : new Fact(words.text("total"), words.money(values.amount(OrderLetters.TOTAL))));
        }

        private String money(Map<?, ?> line, String name) {
            return line.containsKey(name) ? words.money(Values.amount(line, name)) : "";
        }

        private List<Fact> facts() {
            List<Fact> facts = new ArrayList<>();
            String payment = values.text(OrderLetters.PAYMENT);
            if (!payment.isEmpty()) {
                String key = "pago_" + payment;
                facts.add(new Fact(words.text("pago"), words.has(key) ? words.text(key) : payment));
            }
            for (String name : List.of(OrderLetters.ADDRESS, OrderLetters.PHONE)) {
                if (!values.text(name).isEmpty()) {
                    facts.add(new Fact(words.text(name), values.text(name)));
                }
            }
            return facts;
        }

        private String orderPath(String order) {
            String link = values.text(OrderLetters.LINK);
            return link.isEmpty() ? "/pedidos/" + order + "/" : "/pedido/" + link + "/";
        }

        private @Nullable Button button(String order) {
            if (shop.isEmpty()) {
                return null;
            }
            return switch (letter.kind()) {
                case SIGN_UP_CODE, RECOVERY_CODE -> null;
                case ACCOUNT_EXISTS -> new Button(words.text("ir_a_entrar"), shop.get() + "/entrar/");
                case INVITATION -> link("abrir_invitacion", "/invitacion/");
                case RESET_LINK -> link("elegir_clave", "/clave/");
                case EMAIL_CHANGE -> link("confirmar_correo", "/cuenta/correo/confirmar/");
                // The code of a recovery goes to the account's new address: only the shop can help.
                case EMAIL_CHANGED, ACCOUNT_DELETED -> null;
                case PASSWORD_CHANGED, EMAIL_CHANGE_ASKED, SECOND_FACTOR_ON, SECOND_FACTOR_OFF ->
                    new Button(words.text("ir_a_recuperar"), shop.get() + "/recuperar/");
                case ORDER_PLACED,
                        ORDER_ON_THE_WAY,
                        ORDER_DELIVERED,
                        ORDER_CANCELLED,
                        ORDER_LAPSES_SOON,
                        ORDER_LAPSED -> new Button(words.text("ver_pedido"), shop.get() + orderPath(order));
                case REFUND_OWED, REFUND_PAID ->
                    order.isEmpty() ? null : new Button(words.text("ver_pedido"), shop.get() + orderPath(order));
                case HOLD_RELEASED -> new Button(words.text("ir_a_la_tienda"), shop.get() + "/");
            };
        }

        /** None once the code has left: a link without it leads nowhere. */
        private @Nullable Button link(String text, String path) {
            String code = values.text(Letter.CODE);
            return code.isEmpty() || code.equals(StoredLetter.MASK)
                    ? null
                    : new Button(words.text(text), shop.map(URI::toString).orElse("") + path + "?codigo=" + code);
        }
    }
}
