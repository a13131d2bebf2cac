package com.electroisla.transfer;

import com.electroisla.catalog.Money;
import com.electroisla.catalog.ProductField;
import com.electroisla.catalog.ProductRules;
import com.electroisla.catalog.ProductRules.Flaw;
import com.electroisla.catalog.TypedPrice;
import com.electroisla.transfer.RowReader.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads products out of rows of text, by the columns that the header names, under the {@link ProductRules} and prices
 * as {@link TypedPrice} reads them. An existing product may keep texts that break the rules: the parser only notes the
 * faults of its texts, and the database tells whether they are new.
 */
final class LineParser {
    private static final int LONGEST_QUOTED = 40;
    private static final Pattern OLD_PRICE = Pattern.compile("-?[0-9]{1,8}(\\.[0-9]{1,2})?|NaN");
    private static final Pattern WHOLE = Pattern.compile("[-−]?[0-9]{1,18}");
    private static final Map<String, Boolean> TRUTH = Map.of(
            "true",
            true,
            "verdadero",
            true,
            "si",
            true,
            "sí",
            true,
            "1",
            true,
            "false",
            false,
            "falso",
            false,
            "no",
            false,
            "0",
            false);
    /** The values that spreadsheets write where a formula failed, in English and Spanish. */
    private static final Set<String> FAILED = Set.of(
            "#N/A",
            "#N/D",
            "#REF!",
            "#¡REF!",
            "#VALUE!",
            "#¡VALOR!",
            "#NAME?",
            "#¿NOMBRE?",
            "#DIV/0!",
            "#¡DIV/0!",
            "#NULL!",
            "#¡NULO!",
            "#NUM!",
            "#¡NUM!",
            "#SPILL!",
            "#¡DESBORDAMIENTO!",
            "#CALC!",
            "#¡CALC!",
            "#GETTING_DATA");

    /** One entry for each column of the file; null for a column that is left out. */
    private final List<@Nullable CatalogueColumn> columns;

    private final List<String> leftOut;
    private final Set<Integer> unnamed;

    private LineParser(List<@Nullable CatalogueColumn> columns, List<String> leftOut, Set<Integer> unnamed) {
        this.columns = columns;
        this.leftOut = leftOut;
        this.unnamed = unnamed;
    }

    /** @throws UnreadableFile for a header that names no products */
    static LineParser of(@Nullable Row header) {
        if (header == null) {
            throw new UnreadableFile(
                    0,
                    "el archivo está vacío; la primera línea nombra las columnas: "
                            + String.join(",", CatalogueColumn.headers()));
        }
        if (!header.unknown().isEmpty()) {
            throw new UnreadableFile(
                    header.line(), header.unknown().values().iterator().next());
        }
        List<@Nullable CatalogueColumn> columns = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        Set<Integer> unnamed = new HashSet<>();
        Set<CatalogueColumn> seen = new HashSet<>();
        for (String cell : header.cells()) {
            String word = ProductRules.clean(cell).toLowerCase(Locale.ROOT);
            CatalogueColumn column = CatalogueColumn.of(word).orElse(null);
            if (column != null && !seen.add(column)) {
                throw new UnreadableFile(header.line(), "la columna «" + word + "» está dos veces");
            }
            if (word.isEmpty()) {
                unnamed.add(columns.size());
            } else if (column == null && CatalogueColumn.isLeftOut(word)) {
                leftOut.add(word);
            } else if (column == null) {
                throw new UnreadableFile(
                        header.line(),
                        "no se conoce la columna «" + quoted(cell) + "»; las hay: "
                                + String.join(",", CatalogueColumn.headers()));
            }
            columns.add(column);
        }
        if (!seen.contains(CatalogueColumn.NAME) && !seen.contains(CatalogueColumn.ID)) {
            throw new UnreadableFile(
                    header.line(), "falta la columna «nombre» (o «id», para cambiar productos que ya existen)");
        }
        return new LineParser(columns, leftOut, unnamed);
    }

    /** The columns of the file that the shop maintains itself: their values are ignored. */
    List<String> leftOut() {
        return leftOut;
    }

    /** The product in the row, or nothing after reporting every fault in it; a blank row is no product. */
    Optional<ProductLine> parse(Row row, Consumer<LineProblem> problems) {
        if (row.isBlank()) {
            return Optional.empty();
        }
        for (int i = 0; i < row.cells().size(); i++) {
            boolean nameless = i >= columns.size() || unnamed.contains(i);
            if (nameless
                    && (row.unknown().containsKey(i)
                            || !ProductRules.clean(row.cells().get(i)).isEmpty())) {
                problems.accept(LineProblem.ofLine(
                        row.line(),
                        i >= columns.size()
                                ? "tiene " + row.cells().size() + " celdas y el encabezado nombra " + columns.size()
                                        + " columnas"
                                : "la columna " + (i + 1) + " no tiene nombre en el encabezado y aquí dice «"
                                        + quoted(row.cells().get(i)) + "»"));
                return Optional.empty();
            }
        }
        return new Cells(row, problems).product();
    }

    /** The cells of one row, and whether all were valid so far. */
    private final class Cells {
        private final Row row;
        private final Consumer<LineProblem> problems;
        private final StringJoiner doubts = new StringJoiner("\n");
        private boolean right = true;
        private boolean known;

        Cells(Row row, Consumer<LineProblem> problems) {
            this.row = row;
            this.problems = problems;
        }

        Optional<ProductLine> product() {
            row.unknown().forEach((place, reason) -> {
                CatalogueColumn column = columns.get(place);
                if (column != null) {
                    wrong(column, reason);
                }
            });
            this.known = word(CatalogueColumn.ID) != null || isUnknown(CatalogueColumn.ID);
            Map<CatalogueColumn, Object> said = new HashMap<>();
            read(List.of(CatalogueColumn.ID), said);
            read(CatalogueColumn.REQUIRED, said);
            if (!known) {
                CatalogueColumn.REQUIRED.forEach(column -> required(column, said.get(column)));
            }
            read(CatalogueColumn.OPTIONAL, said);
            return right
                    ? Optional.of(new ProductLine(row.line(), said, doubts.length() == 0 ? null : doubts.toString()))
                    : Optional.empty();
        }

        private void read(List<CatalogueColumn> some, Map<CatalogueColumn, Object> said) {
            for (CatalogueColumn column : some) {
                Object value = value(column);
                if (value != null) {
                    said.put(column, value);
                }
            }
        }

        private @Nullable Object value(CatalogueColumn column) {
            ProductField field = column.field();
            if (field == null) {
                return column == CatalogueColumn.ID
                        ? whole(column, 1, Long.MAX_VALUE)
                        : whole(column, 0, Integer.MAX_VALUE);
            }
            return switch (field.kind().type()) {
                case TEXT -> text(column, field);
                case PRICE -> price(column);
                case WHOLE -> number(column, field.highest());
                case TRUTH -> truth(column);
            };
        }

        /** The cell's text; null when the column or the cell is not there. */
        private @Nullable String cell(CatalogueColumn column) {
            int index = columns.indexOf(column);
            return index < 0 ? null : index < row.cells().size() ? row.cells().get(index) : "";
        }

        private boolean isUnknown(CatalogueColumn column) {
            return row.unknown().containsKey(columns.indexOf(column));
        }

        private @Nullable String word(CatalogueColumn column) {
            String cell = cell(column);
            String word = cell == null ? "" : ProductRules.clean(cell);
            return word.isEmpty() ? null : word;
        }

        /**
         * The trimmed text. An existing product may have blanks around its text: they are removed only when the text
         * changes.
         */
        private @Nullable String text(CatalogueColumn column, ProductField field) {
            String cell = cell(column);
            if (cell == null || cell.isEmpty()) {
                return field.kind().isNeverEmpty() ? null : cell;
            }
            String text = FormulaGuard.take(cell);
            String clean = ProductRules.clean(text);
            if (text.indexOf('\0') >= 0) {
                return wrong(column, "contiene el carácter NUL");
            }
            Optional<String> reason = FAILED.contains(clean.toUpperCase(Locale.ROOT))
                    ? Optional.of("«" + clean + "» es un error de la hoja de cálculo")
                    : field.flaw(clean).map(flaw -> reason(field, flaw, clean));
            if (reason.isEmpty()) {
                String said = known ? text : clean;
                return said.isEmpty() && field.kind().isNeverEmpty() ? null : said;
            }
            if (!known || text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
                return wrong(column, reason.get());
            }
            doubt(column, reason.get());
            return text;
        }

        private @Nullable String price(CatalogueColumn column) {
            String word = word(column);
            if (word == null) {
                return null;
            }
            TypedPrice price = TypedPrice.of(word);
            if (price instanceof TypedPrice.Amount(Money money)) {
                return money.toString();
            }
            String reason = switch (price) {
                case TypedPrice.Ambiguous _ ->
                    "«" + quoted(word) + "» puede ser miles o decimales; escribe 1249 o 1249,00";
                case TypedPrice.TooHigh _ -> "«" + quoted(word) + "» pasa de " + TypedPrice.HIGHEST;
                case TypedPrice.Amount _, TypedPrice.NoPrice _ -> "«" + quoted(word) + "» no es un importe, como 99.99";
            };
            if (!known || !OLD_PRICE.matcher(word).matches()) {
                return wrong(column, reason);
            }
            doubt(column, reason);
            return word;
        }

        private @Nullable Integer number(CatalogueColumn column, int highest) {
            String word = word(column);
            Long number = whole(column, known ? Integer.MIN_VALUE : 0, known ? Integer.MAX_VALUE : highest);
            if (number != null && (number < 0 || number > highest)) {
                doubt(column, "«" + word + "» no va de 0 a " + highest);
            }
            return number == null ? null : number.intValue();
        }

        private @Nullable Long whole(CatalogueColumn column, long least, long most) {
            String word = word(column);
            if (word == null) {
                return null;
            }
            if (!WHOLE.matcher(word).matches()) {
                return wrong(column, "«" + quoted(word) + "» no es un número entero");
            }
            long number = Long.parseLong(word.replace('−', '-'));
            if (number >= least && number <= most) {
                return number;
            }
            return wrong(column, "«" + word + "» no va de " + least + " a " + most);
        }

        private @Nullable Boolean truth(CatalogueColumn column) {
            String word = word(column);
            if (word == null) {
                return null;
            }
            Boolean truth = TRUTH.get(word.toLowerCase(Locale.ROOT));
            return truth == null ? wrong(column, "«" + quoted(word) + "» no es true o false") : truth;
        }

        private void required(CatalogueColumn column, @Nullable Object value) {
            boolean written = column.isText()
                    ? !Optional.ofNullable(cell(column)).orElse("").isEmpty()
                    : word(column) != null;
            boolean toldOfAlready = written || isUnknown(column);
            if (value == null && !toldOfAlready) {
                wrong(column, "falta en un producto nuevo");
            }
        }

        private void doubt(CatalogueColumn column, String reason) {
            doubts.add(column.header() + "\t" + reason);
        }

        private <T> @Nullable T wrong(CatalogueColumn column, String reason) {
            right = false;
            problems.accept(LineProblem.of(row.line(), column, reason));
            return null;
        }
    }

    private static String reason(ProductField field, Flaw flaw, String text) {
        return switch (flaw) {
            case BLANK -> "tiene solo espacios o caracteres que no se ven";
            case TOO_LONG ->
                "tiene " + text.codePointCount(0, text.length()) + " caracteres y caben " + field.longest();
            case HALF_CHARACTER -> "contiene medio carácter";
            case NO_ADDRESS ->
                "«" + quoted(text) + "» no empieza por http://, https:// o /, o tiene espacios o comillas";
            case CONTROL_CHARACTER -> "contiene un carácter de control o un salto de línea";
        };
    }

    /** The text on one line, shortened for a report. */
    private static String quoted(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]", " ");
        return line.length() <= LONGEST_QUOTED ? line : line.substring(0, LONGEST_QUOTED) + "…";
    }
}
