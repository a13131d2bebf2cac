package com.electroisla;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.accounts.Role;
import com.electroisla.mail.LetterState;
import com.electroisla.order.OrderState;
import com.electroisla.order.PaymentMethod;
import com.electroisla.payment.PaymentState;
import com.electroisla.payment.RefundState;
import com.electroisla.reservation.ReservationStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A fact of a row has one home: the words of a state, the free units, "not initialised", the path of a picture. A
 * literal that a plan depends on cannot be taken from there, and is compared with it. The home of a price is tested in
 * {@code PriceIT}.
 */
final class OneHomeTest {
    /** A column with words of its own, and the enum that has them. */
    private enum Words {
        STATUS("status", Stream.of(ReservationStatus.values()).map(ReservationStatus::word)),
        ESTADO("estado", Stream.of(OrderState.values()).map(OrderState::word)),
        METODO_PAGO("metodo_pago", Stream.of(PaymentMethod.values()).map(PaymentMethod::word)),
        ROL("rol", Stream.of(Role.values()).map(Role::text)),
        /** The column has the name of the orders', in a table that one class alone knows, and its migration. */
        LETTER("estado", Stream.of(LetterState.values()).map(LetterState::word)),
        /** The same of payments and refunds, some of whose statements read orders too. */
        MONEY(
                "estado",
                Stream.of(
                                Stream.of(PaymentState.values()).map(PaymentState::word),
                                Stream.of(RefundState.values()).map(RefundState::word),
                                Stream.of(OrderState.values()).map(OrderState::word))
                        .flatMap(words -> words));

        private static final Set<String> LETTERS = Set.of("LetterSql.java", "0038_eventos_y_correos.sql");
        private static final Set<String> MONEYS = Set.of(
                "LockedPaymentsSql.java",
                "MoneyFiguresSql.java",
                "MoneyReportSql.java",
                "PaymentListSql.java",
                "PaymentSql.java",
                "QuestionSql.java",
                "RefundListSql.java",
                "RefundSql.java",
                "RefundWorkSql.java",
                "0046_pagos.sql",
                "0046_pagos.undo.sql",
                "0048_preguntas.sql");

        private final Set<String> all;
        /** {@code status = 'pending'}, {@code rol NOT IN ('cliente', ...)}, {@code COALESCE(rol, 'cliente')}. */
        private final Pattern compared;
        /** {@code CASE status WHEN 'confirmed' THEN ... END}. */
        private final Pattern cases;

        Words(String column, Stream<String> all) {
            this.all = all.collect(Collectors.toCollection(TreeSet::new));
            compared = Pattern.compile("\\b" + column + "\\b\\s*(=|<>|(?:NOT )?IN|,)\\s*(\\(?'\\w+'(?:,\\s*'\\w+')*)");
            cases = Pattern.compile("CASE (?:\\w+\\.)?" + column + "((?: WHEN '\\w+' THEN (?:(?! WHEN | END).)+)+)");
        }

        boolean isIn(Path file) {
            String name = file.getFileName().toString();
            return LETTERS.contains(name) == (this == LETTER) && MONEYS.contains(name) == (this == MONEY);
        }
    }

    private static final Pattern LITERAL = Pattern.compile("'(\\w+)'");

    /** The classes that have a reservation's word besides the enum. */
    private static final Set<String> WRITES_WORDS_OF_RESERVATIONS = Set.of(
            // Readers of the engine's rows that do not depend on it; an unknown word in a row is shown as it is.
            "ReservationListSql.java",
            "ReservationsView.java",
            "InventorySql.java",
            // Words of these providers' own, for their own things.
            "MercadoPagoProvider.java",
            "StripeProvider.java",
            // Rows of an example; DemoShopIT finds every state in them and no other.
            "DemoSales.java");

    @ParameterizedTest
    @EnumSource
    void every_word_of_a_state_in_a_statement_is_one_of_its_enum(Words words) {
        Set<String> found = new TreeSet<>();
        for (Path file : statements().stream().filter(words::isIn).toList()) {
            String text = text(file);
            words.compared
                    .matcher(text)
                    .results()
                    .map(match -> match.group(2))
                    .forEach(list -> found.addAll(literals(list)));
            words.cases
                    .matcher(text)
                    .results()
                    .map(match -> match.group(1).replaceAll(" THEN .*?(?= WHEN |$)", ""))
                    .forEach(list -> found.addAll(literals(list)));
        }
        assertFalse(found.isEmpty());
        found.removeAll(words.all);
        assertEquals(Set.of(), found);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LETTER", "MONEY"})
    void what_the_takeover_takes_for_no_word_is_all_that_the_enum_has_not(Words words) {
        List<Set<String>> excluded = statements().stream()
                .flatMap(file -> words.compared.matcher(text(file)).results())
                .filter(match -> match.group(1).equals("NOT IN"))
                .map(match -> literals(match.group(2)))
                .toList();
        assertEquals(List.of(words.all), excluded);
    }

    /** {@code inventory} stands below {@code order}. */
    @Test
    void the_units_that_are_still_in_the_house_are_those_of_the_orders_that_may_be_cancelled() {
        Set<String> cancellable = Stream.of(OrderState.values())
                .filter(OrderState::isCancellable)
                .map(OrderState::word)
                .collect(Collectors.toSet());
        Set<Set<String>> inTheHouse = Words.ESTADO
                .compared
                .matcher(text(file("StockSql.java")))
                .results()
                .filter(match -> match.group(1).equals("IN"))
                .map(match -> literals(match.group(2)))
                .collect(Collectors.toSet());
        assertEquals(Set.of(cancellable), inTheHouse);
    }

    @Test
    void java_takes_the_word_of_a_reservations_state_from_the_enum() {
        Pattern word = Pattern.compile("\"(" + String.join("|", Words.STATUS.all) + ")\"");
        Set<String> found = filesWith(word);
        found.remove("ReservationStatus.java");
        assertEquals(WRITES_WORDS_OF_RESERVATIONS, found);
    }

    @Test
    void what_lies_free_and_what_is_not_initialised_is_written_once() {
        assertEquals(
                Set.of("StockFigures.java"),
                filesWith(Pattern.compile("stock_reservado = 0|stock_vendido = 0|<> \\(0, 0, 0\\)")));
        // The units on the shelf, which StockSql counts, are more than the free ones: held units are among them, and
        // sold ones that were not sent.
        assertEquals(
                Set.of("StockFigures.java", "StockSql.java"),
                filesWith(Pattern.compile("(?i)\\b(stock_)?total(\\(\\))? - [\\w.()]*(reserv|held|pend|sold|vend)")));
    }

    @Test
    void where_a_picture_is_and_what_is_one_says_one_class_each() {
        assertEquals(Set.of("Picture.java"), filesWith(Pattern.compile("[\"']/(media|imagenes)/?[\"']")));
        assertEquals(Set.of("Picture.java", "ProductSql.java"), filesWith(Pattern.compile("imagen_huella")));
        assertEquals(Set.of("PictureKind.java"), filesWith(Pattern.compile("\"(image/(png|jpeg|gif|webp)|jpe?g)\"")));
    }

    @ParameterizedTest
    // The states of orders are written into it by the build.
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ESTADO", "LETTER", "MONEY"})
    void the_api_is_described_with_every_word_and_no_other(Words words) {
        String column = words.name().toLowerCase(Locale.ROOT);
        List<Set<String>> described = Pattern.compile("\\b" + column + ": \\{type: string, enum: \\[([^]]*)]")
                .matcher(text(Path.of("src/main/resources/META-INF/openapi.yaml")))
                .results()
                .map(match -> (Set<String>) new TreeSet<>(List.of(match.group(1).split(", "))))
                .distinct()
                .toList();
        assertEquals(List.of(words.all), described);
    }

    @Test
    void a_page_offers_every_word_and_no_other() {
        Path templates = Path.of("src/main/resources/templates");
        Set<String> states = chosen(
                templates.resolve("admin/reservations.html"), "<option value=\"(\\w+)\"\\{#if view.filter.status");
        // A filter that is no state: those that end soon.
        assertTrue(states.remove("por_expirar"));
        assertEquals(Words.STATUS.all, states);
    }

    private static Set<String> chosen(Path page, String value) {
        return Pattern.compile(value)
                .matcher(text(page))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> literals(String list) {
        return LITERAL.matcher(list)
                .results()
                .map(literal -> literal.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Java with its text blocks, and the scripts of the migrations of ours. */
    private static List<Path> statements() {
        return Stream.concat(
                        java().stream(),
                        walk(Path.of("src/main/resources/com/electroisla/database/migration"))
                                .filter(file -> file.getFileName().toString().matches("(00[2-9].*|archivo.*)\\.sql")))
                .toList();
    }

    private static List<Path> java() {
        return walk(Path.of("src/main/java"))
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    private static Path file(String name) {
        return java().stream().filter(file -> file.endsWith(name)).findFirst().orElseThrow();
    }

    private static Set<String> filesWith(Pattern pattern) {
        return java().stream()
                .filter(file -> pattern.matcher(text(file)).find())
                .map(file -> file.getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The text with every run of blanks as one, so that a statement's line breaks make no difference. */
    private static String text(Path file) {
        try {
            return Files.readString(file).replaceAll("\\s+", " ");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<Path> walk(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
