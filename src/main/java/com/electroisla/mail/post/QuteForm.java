package com.electroisla.mail.post;

import com.electroisla.mail.Document;
import com.electroisla.mail.LetterForm;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The form of letters, as text and as HTML: two templates for all kinds. */
public final class QuteForm implements LetterForm {
    private final Template text;
    private final Template html;

    public QuteForm() {
        Engine engine = Engine.builder()
                .addDefaults()
                .addValueResolver(new ReflectionValueResolver())
                .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                .build();
        text = template(engine, "carta.txt", Variant.TEXT_PLAIN);
        html = template(engine, "carta.html", Variant.TEXT_HTML);
    }

    private static Template template(Engine engine, String file, String contentType) {
        try (InputStream in = QuteForm.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no template " + file);
            }
            return engine.parse(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8), Variant.forContentType(contentType), file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public String text(Document document) {
        return text.data("d", document).render().strip() + "\n";
    }

    @Override
    public String html(Document document) {
        return html.data("d", document).render();
    }
}
