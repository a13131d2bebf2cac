package com.electroisla.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.catalog.ProductField;
import com.electroisla.mail.LetterKind;
import com.electroisla.mail.LetterState;
import com.electroisla.order.OrderState;
import com.electroisla.payment.PaymentState;
import com.electroisla.payment.RefundReason;
import com.electroisla.payment.RefundState;
import com.electroisla.reconciliation.Aspect;
import com.electroisla.reconciliation.StoredDifference;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final Path RESOURCES = Path.of("src/main/resources/com/electroisla");
    private static final Path TEMPLATES = Path.of("src/main/resources/templates");
    private static final Pattern USED = Pattern.compile("p\\.t\\('([^']+)'");

    @Test
    void both_languages_of_every_area_have_the_same_keys_with_the_same_holes() throws IOException {
        for (String area : areas()) {
            Properties spanish = bundle(area, "textos.properties");
            Properties english = bundle(area, "textos_en.properties");
            assertEquals(
                    new TreeSet<>(spanish.stringPropertyNames()), new TreeSet<>(english.stringPropertyNames()), area);
            for (String key : spanish.stringPropertyNames()) {
                assertEquals(holes(spanish.getProperty(key)), holes(english.getProperty(key)), key);
                assertFalse(
                        spanish.getProperty(key).isBlank()
                                || english.getProperty(key).isBlank(),
                        key);
            }
        }
    }

    @Test
    void every_text_that_a_template_names_is_there() throws IOException {
        Set<String> common = bundle(Words.COMMON, "textos.properties").stringPropertyNames();
        for (String area : areas()) {
            Set<String> known = new TreeSet<>(common);
            known.addAll(bundle(area, "textos.properties").stringPropertyNames());
            if (Files.isDirectory(TEMPLATES.resolve(area))) {
                TreeSet<String> used = new TreeSet<>(USED.matcher(all(TEMPLATES.resolve(area), ".html"))
                        .results()
                        .map(match -> match.group(1))
                        .toList());
                used.removeAll(known);
                assertEquals(Set.of(), used, area);
            }
        }
    }

    @Test
    void every_text_is_used() throws IOException {
        String everything = all(Path.of("src/main/java"), ".java") + all(TEMPLATES, ".html");
        for (String area : areas()) {
            for (String key : bundle(area, "textos.properties").stringPropertyNames()) {
                boolean role = area.equals(Words.COMMON)
                        && List.of("cliente", "mensajero", "trabajador", "admin")
                                .contains(key);
                boolean state = key.startsWith("estado_")
                        || key.startsWith("pago_")
                        || key.startsWith("tipo_")
                        || key.startsWith("accion_")
                        || key.startsWith("aspecto_")
                        || key.startsWith("situacion_");
                boolean letter = area.equals("mail") && ofLetters().contains(key);
                boolean field = area.equals("admin") && ofFields().contains(key);
                boolean money = ofMoney().getOrDefault(area, Set.of()).contains(key);
                assertTrue(
                        role
                                || state
                                || field
                                || money
                                || letter
                                || everything.contains("'" + key + "'")
                                || everything.contains("\"" + key + "\""),
                        area + " " + key);
            }
        }
    }

    /** The words of refunds, by the area that has them. */
    private static Map<String, Set<String>> ofMoney() {
        Set<String> admin = new TreeSet<>(Set.of("reembolso_abierto"));
        Stream.of(RefundState.values()).forEach(state -> admin.add("reembolso_" + state.word()));
        Set<String> letters = new TreeSet<>();
        for (RefundReason reason : RefundReason.values()) {
            admin.add("motivo_" + reason.word());
            letters.add("por_" + reason.word());
        }
        Stream.of(LetterKind.REFUND_OWED, LetterKind.REFUND_PAID)
                .forEach(kind -> letters.add("texto_" + kind.word() + "_sin_pedido"));
        return Map.of("admin", admin, "mail", letters);
    }

    @Test
    void every_state_of_a_payment_and_every_state_and_reason_of_a_refund_has_its_words() throws IOException {
        Map<String, Set<String>> keys = new HashMap<>(ofMoney());
        Stream.of(PaymentState.values()).forEach(state -> keys.get("admin").add("pago_" + state.word()));
        for (String area : keys.keySet()) {
            assertEquals(
                    Set.of(),
                    missing(keys.get(area), bundle(area, "textos.properties").stringPropertyNames()));
        }
    }

    @Test
    void every_field_of_a_product_has_its_words() throws IOException {
        assertEquals(
                Set.of(),
                missing(ofFields(), bundle("admin", "textos.properties").stringPropertyNames()));
    }

    @Test
    void every_difference_has_its_words() throws IOException {
        Set<String> keys = new TreeSet<>();
        for (Aspect aspect : Aspect.values()) {
            keys.add("aspecto_" + aspect.word());
        }
        for (StoredDifference.State state : StoredDifference.State.values()) {
            keys.add("situacion_" + state.word());
        }
        Set<String> known = new TreeSet<>(bundle("admin", "textos.properties").stringPropertyNames());
        assertEquals(Set.of(), missing(keys, known));
        known.removeIf(key -> !key.startsWith("aspecto_") && !key.startsWith("situacion_"));
        assertEquals(keys, known);
    }

    @Test
    void every_state_of_an_order_has_its_words() throws IOException {
        Set<String> keys = new TreeSet<>();
        for (OrderState state : OrderState.values()) {
            keys.add("estado_" + state.word());
            if (state != OrderState.PENDING) {
                keys.add("accion_" + state.word());
            }
        }
        assertEquals(
                Set.of(),
                missing(keys, bundle(Words.COMMON, "textos.properties").stringPropertyNames()));
    }

    @Test
    void every_kind_of_letter_and_every_state_of_one_has_its_words() throws IOException {
        assertEquals(
                Set.of(),
                missing(ofLetters(), bundle("mail", "textos.properties").stringPropertyNames()));
        Set<String> keys = new TreeSet<>();
        Stream.of(LetterKind.values()).forEach(kind -> keys.add("tipo_" + kind.word()));
        Stream.of(LetterState.values()).forEach(state -> keys.add("estado_" + state.word()));
        keys.removeAll(bundle(Words.COMMON, "textos.properties").stringPropertyNames());
        assertEquals(
                Set.of(), missing(keys, bundle("admin", "textos.properties").stringPropertyNames()));
    }

    private static Set<String> ofLetters() {
        return Stream.of(LetterKind.values())
                .flatMap(kind -> Stream.of("asunto_", "texto_", "motivo_").map(part -> part + kind.word()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The keys for a product's fields in the form: a message for a text's flaw, a sentence for a switch. */
    private static Set<String> ofFields() {
        Set<String> keys = new TreeSet<>();
        for (ProductField field : ProductField.values()) {
            keys.add("campo_" + field.column());
            keys.add(field.kind() == ProductField.Kind.SWITCH ? field.column() + "_largo" : "mal_" + field.column());
        }
        return keys;
    }

    private static Set<String> missing(Set<String> wanted, Set<String> there) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(there);
        return missing;
    }

    private static Set<String> areas() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            Set<String> areas = files.filter(file -> file.endsWith("textos.properties"))
                    .map(file -> RESOURCES.relativize(file.getParent()).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertTrue(areas.containsAll(List.of("admin", "pages")));
            return areas;
        }
    }

    private static Properties bundle(String area, String file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(RESOURCES.resolve(area).resolve(file))) {
            properties.load(reader);
        }
        return properties;
    }

    private static String all(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .map(WordsTest::read)
                    .collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The number of arguments that a text uses; also fails for one that is no message format. */
    private static int holes(String text) {
        return new MessageFormat(text, Locale.ROOT).getFormatsByArgumentIndex().length;
    }
}
