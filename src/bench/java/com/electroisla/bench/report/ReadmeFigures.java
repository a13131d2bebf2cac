package com.electroisla.bench.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The small table in a README, made from the pages of figures alone, with two digits of each rate. */
public final class ReadmeFigures {
    private static final String PART = "figures";
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");
    private static final MathContext TWO_DIGITS = new MathContext(2);
    private static final int RATE = 4;
    private static final int P50 = 5;

    /** The READMEs; the figures are in the same order in both. */
    public enum Readme {
        ENGLISH("README.md", Locale.US, """
                | measured | Electro Isla | beside it |
                | --- | --- | --- |
                | reservations a second: one product, 512 buyers at once | **%s** | %s when each buyer locks the row \
                and commits; %s is the ceiling: `COPY` of the same rows, which decides nothing and looks up no \
                foreign key |
                | the same over HTTP, with token and cart | **%s** | %s calls that only check the token |
                | one buyer alone, half of the reservations within | **%s ms** | %s ms with one conditional \
                statement; a lone buyer gains nothing from batches |
                | whole purchases a second: one product, 32 buyers, over HTTP | **%s** | Vendure 3.7.3: %s; Medusa \
                2.21.2: %s, and %s bare reservations |
                | the last %s units, wanted by %s | **%s sold**; with two servers **%s** | Vendure sold %s; Medusa, \
                two processes and its default lock, promised %s |
                | `kill -9` under load: a server %s times, the database %s times | of %s answers none lost, none done \
                twice | |
                """),
        SPANISH("README.es.md", Locale.of("es"), """
                | medido | Electro Isla | al lado |
                | --- | --- | --- |
                | reservas por segundo: un producto, 512 compradores a la vez | **%s** | %s si cada comprador bloquea \
                la fila y confirma; %s es el techo: `COPY` de las mismas filas, que no decide nada ni busca claves \
                foráneas |
                | lo mismo por HTTP, con token y carrito | **%s** | %s llamadas que solo comprueban el token |
                | un comprador solo, la mitad de las reservas en menos de | **%s ms** | %s ms con una sentencia \
                condicional; un comprador solo no gana nada con los lotes |
                | compras enteras por segundo: un producto, 32 compradores, por HTTP | **%s** | Vendure 3.7.3: %s; \
                Medusa 2.21.2: %s, y %s reservas sin más |
                | las últimas %s unidades, que quieren %s | **%s vendidas**; con dos servidores **%s** | Vendure \
                vendió %s; Medusa, con dos procesos y su bloqueo por defecto, prometió %s |
                | `kill -9` con carga: un servidor %s veces, la base de datos %s veces | de %s respuestas ninguna \
                perdida, ninguna hecha dos veces | |
                """);

        final Path file;
        private final Locale locale;
        private final String table;

        Readme(String file, Locale locale, String table) {
            this.file = Path.of(file);
            this.locale = locale;
            this.table = table;
        }
    }

    private final String page;

    /** @param page the text of the pages of figures */
    public ReadmeFigures(String page) {
        this.page = page;
    }

    /** Writes the tables of the READMEs below {@code base}. */
    public static void write(Path base, Consumer<String> progress) throws IOException {
        var figures = new ReadmeFigures(FiguresPage.in(base).text());
        for (Readme readme : Readme.values()) {
            Optional<String> table = figures.table(readme);
            if (table.isEmpty()) {
                progress.accept("A las páginas de cifras les falta algo de lo que cuenta " + readme.file
                        + ", que se queda como estaba");
                continue;
            }
            new FiguresPage(base.resolve(readme.file)).put(PART, table.get());
        }
    }

    /** The table; empty when the pages lack one of its figures. */
    public Optional<String> table(Readme readme) {
        List<Optional<BigDecimal>> told = List.of(
                rounded("c", 512, RATE),
                rounded("a", 512, RATE),
                rounded("h", 512, RATE),
                rounded("f", 512, RATE),
                rounded("e", 512, RATE),
                rounded("c", 1, P50),
                rounded("b", 1, P50),
                rounded("g", 32, RATE),
                cell(1, "Vendure 3.7.3"),
                cell(1, "Medusa 2.21.2"),
                cell(2, "Medusa 2.21.2"),
                cell(1, "1", "50", "200"),
                cell(2, "1", "50", "200"),
                cell(6, "1", "50", "200"),
                cell(6, "2", "50", "200"),
                cell(3, "Vendure 3.7.3"),
                cell(3, "Medusa 2.21.2"),
                number("kill -9: (\\d+) a servidores"),
                number("kill -9: \\d+ a servidores, (\\d+) a la base"),
                answersThatHeld());
        if (!told.stream().allMatch(Optional::isPresent)) {
            return Optional.empty();
        }
        NumberFormat words = NumberFormat.getInstance(readme.locale);
        return Optional.of(readme.table.formatted(
                told.stream().map(figure -> words.format(figure.orElseThrow())).toArray()));
    }

    private Optional<BigDecimal> rounded(String way, int atOnce, int column) {
        return cell(column, way, "1", "1", Integer.toString(atOnce)).map(figure -> figure.round(TWO_DIGITS));
    }

    /** @param first the cells with which the row begins */
    private Optional<BigDecimal> cell(int column, String... first) {
        return page.lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.substring(2).split("\\|"))
                .map(cells -> Arrays.stream(cells).map(String::strip).toList())
                .filter(cells -> cells.size() > Math.max(column, first.length)
                        && cells.subList(0, first.length).equals(List.of(first)))
                .map(cells -> cells.get(column))
                .filter(NUMBER.asMatchPredicate())
                .map(BigDecimal::new)
                .findFirst();
    }

    private Optional<BigDecimal> number(String pattern) {
        return Pattern.compile(pattern)
                .matcher(page)
                .results()
                .findFirst()
                .map(found -> new BigDecimal(found.group(1)));
    }

    /** The drill's 2xx answers, if its proof held. */
    private Optional<BigDecimal> answersThatHeld() {
        return number("2xx: (\\d+)").filter(_ -> page.contains("✓ Cada 2xx está en la base exactamente una vez"));
    }
}
