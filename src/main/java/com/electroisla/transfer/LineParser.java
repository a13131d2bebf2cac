package com.electroisla.transfer;

import com.electroisla.transfer.RowReader.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads products out of rows of text, by the columns that the header names. Texts are taken as they stand, blanks
 * included; numbers and words may have blanks around them.
 */
final class LineParser {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_DESCRIPTION = 1_000_000;
    private static final int LONGEST_CATEGORY = 50;
    private static final int LONGEST_IMAGE = 2_000;
    private static final int LONGEST_QUOTED = 40;
    private static final BigDecimal LARGEST_PRICE = new BigDecimal("99999999.99");
    private static final Pattern PRICE = Pattern.compile("\\d{1,20}(\\.\\d{1,20})?");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final Pattern IMAGE = Pattern.compile("(?i:https?://).+|/.*", Pattern.DOTALL);
    private static final Map<String, Boolean> TRUTH = Map.of(
            "true", true, "si", true, "sí", true, "1", true, "false", false, "no", false, "0", false);

    private final List<Column> columns;

    private LineParser(List<Column> columns) {
        this.columns = columns;
    }

    /** @throws UnreadableFile for a header that names no products */
    static LineParser of(@Nullable Row header) {
        if (header == null) {
            throw new UnreadableFile(0, "el archivo está vacío; la primera línea nombra las columnas: " + String.join(",", Column.headers()));
        }
        List<Column> columns = new ArrayList<>();
        Set<Column> seen = new HashSet<>();
        for (String cell : header.cells()) {
            String word = cell.strip().toLowerCase(Locale.ROOT);
            Column column = Column.of(word).orElseThrow(() -> new UnreadableFile(header.line(), unknown(cell)));
            if (!seen.add(column)) {
                throw new UnreadableFile(header.line(), "la columna «" + word + "» está dos veces");
            }
            columns.add(column);
        }
        if (!seen.contains(Column.NAME) && !seen.contains(Column.ID)) {
            throw new UnreadableFile(header.line(), "falta la columna «nombre» (o «id», para cambiar productos que ya existen)");
        }
        return new LineParser(columns);
    }

    private static String unknown(String cell) {
        return cell.contains(";") || cell.contains("\t")
                ? "las columnas se separan con comas; guarda el archivo como CSV separado por comas"
                : "no se conoce la columna «" + quoted(cell) + "»; las hay: " + String.join(",", Column.headers());
    }

    /** The product in the row, or nothing after telling of everything that is wrong with it. */
    Optional<ProductLine> parse(Row row, Consumer<LineProblem> problems) {
        if (row.cells().size() > columns.size()) {
            problems.accept(LineProblem.ofLine(row.line(),
                    "tiene " + row.cells().size() + " celdas y el encabezado nombra " + columns.size() + " columnas"));
            return Optional.empty();
        }
        return new Cells(row, problems).product();
    }

    /** The cells of one row, and whether all were right so far. */
    private final class Cells {
        private final Row row;
        private final Consumer<LineProblem> problems;
        private boolean right = true;

        Cells(Row row, Consumer<LineProblem> problems) {
            this.row = row;
            this.problems = problems;
        }

        Optional<ProductLine> product() {
            Long id = whole(Column.ID, 1, Long.MAX_VALUE);
            String name = filled(text(Column.NAME, LONGEST_NAME));
            BigDecimal price = price();
            if (id == null && word(Column.ID) == null) {
                required(Column.NAME, name);
                required(Column.PRICE, price);
            }
            String description = text(Column.DESCRIPTION, LONGEST_DESCRIPTION);
            Long discount = whole(Column.DISCOUNT, 0, 100);
            String category = filled(text(Column.CATEGORY, LONGEST_CATEGORY));
            Long total = whole(Column.STOCK_TOTAL, 0, Integer.MAX_VALUE);
            Boolean active = truth();
            String image = image();
            return right
                    ? Optional.of(new ProductLine(row.line(), id, name, description, price, discount == null ? null : discount.intValue(),
                            category, total == null ? null : total.intValue(), active, image))
                    : Optional.empty();
        }

        /** Null when the column or the cell is not there. */
        private @Nullable String cell(Column column) {
            int index = columns.indexOf(column);
            return index < 0 ? null : index < row.cells().size() ? row.cells().get(index) : "";
        }

        private @Nullable String word(Column column) {
            String cell = cell(column);
            return cell == null || cell.isBlank() ? null : cell.strip();
        }

        private @Nullable String text(Column column, int longest) {
            String cell = cell(column);
            if (cell == null) {
                return null;
            }
            String text = FormulaGuard.take(cell);
            if (text.indexOf('\0') >= 0) {
                return wrong(column, "contiene el carácter NUL");
            }
            if (text.codePoints().anyMatch(point -> point >= 0xD800 && point <= 0xDFFF)) {
                return wrong(column, "contiene medio carácter");
            }
            int length = text.codePointCount(0, text.length());
            return length > longest ? wrong(column, "tiene " + length + " caracteres y caben " + longest) : text;
        }

        private @Nullable BigDecimal price() {
            String word = word(Column.PRICE);
            if (word == null) {
                return null;
            }
            if (!PRICE.matcher(word).matches()) {
                return wrong(Column.PRICE, "«" + quoted(word) + "» no es un importe, como 99.99");
            }
            BigDecimal price = new BigDecimal(word);
            if (price.stripTrailingZeros().scale() > 2) {
                return wrong(Column.PRICE, "«" + quoted(word) + "» tiene más de dos decimales");
            }
            return price.compareTo(LARGEST_PRICE) > 0
                    ? wrong(Column.PRICE, "«" + quoted(word) + "» pasa de " + LARGEST_PRICE)
                    : price.setScale(2);
        }

        private @Nullable Long whole(Column column, long least, long most) {
            String word = word(column);
            if (word == null) {
                return null;
            }
            if (!WHOLE.matcher(word).matches()) {
                return wrong(column, "«" + quoted(word) + "» no es un número entero");
            }
            long number = Long.parseLong(word);
            if (number >= least && number <= most) {
                return number;
            }
            return wrong(column, "«" + word + "» no va de " + least + " a " + most);
        }

        private @Nullable Boolean truth() {
            String word = word(Column.ACTIVE);
            if (word == null) {
                return null;
            }
            Boolean truth = TRUTH.get(word.toLowerCase(Locale.ROOT));
            return truth == null ? wrong(Column.ACTIVE, "«" + quoted(word) + "» no es true o false") : truth;
        }

        private @Nullable String image() {
            String image = text(Column.IMAGE, LONGEST_IMAGE);
            return image == null || image.isEmpty() || IMAGE.matcher(image).matches()
                    ? image
                    : wrong(Column.IMAGE, "«" + quoted(image) + "» no empieza por http://, https:// o /");
        }

        private void required(Column column, @Nullable Object value) {
            boolean toldOfAlready = word(column) != null;
            if (value == null && !toldOfAlready) {
                wrong(column, "falta en un producto nuevo");
            }
        }

        private <T> @Nullable T wrong(Column column, String reason) {
            right = false;
            problems.accept(LineProblem.of(row.line(), column, reason));
            return null;
        }
    }

    private static @Nullable String filled(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** Short enough for a line of a report, and in one line. */
    private static String quoted(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST_QUOTED ? line : line.substring(0, LONGEST_QUOTED) + "…";
    }
}
