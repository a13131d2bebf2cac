package com.electroisla.bench.large;

import com.electroisla.command.CommandRefused;
import com.electroisla.database.Database;
import com.electroisla.database.embedded.EmbeddedPostgres;
import com.electroisla.database.migration.MigrationOutcome;
import com.electroisla.database.migration.Migrations;
import com.electroisla.database.migration.Target;
import com.electroisla.server.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures how long each list page takes in a shop of 100,000 products and a million reservations: real requests to a
 * server of its own, one after the other, from the request to the last byte of the page.
 *
 * <p>The database stays in {@code build/bench/listas} for the next time, since making it takes a minute or two.
 */
public final class ListPages {
    private static final String TOKEN = "sesion-del-banco-de-pruebas";
    private static final int WARM_UPS = 10;
    private static final int TIMES = 21;
    private static final Pattern NEXT = Pattern.compile("<a href=\"([^\"]+)\" rel=\"next\"");

    /** Every list with each of its filters and orders; {@code >} at the end stands for the page after it. */
    private static final String[] PAGES = {
        "/admin/",
        "/admin/productos/",
        "/admin/productos/>",
        "/admin/productos/?categoria=herramientas",
        "/admin/productos/?activo=si",
        "/admin/productos/?activo=no",
        "/admin/productos/?stock=agotado",
        "/admin/productos/?stock=bajo",
        "/admin/productos/?orden=-id",
        "/admin/productos/?orden=nombre",
        "/admin/productos/?orden=nombre>",
        "/admin/productos/?orden=-nombre",
        "/admin/productos/?orden=precio",
        "/admin/productos/?orden=-precio>",
        "/admin/productos/?orden=stock_total",
        "/admin/productos/?orden=-reservado",
        "/admin/productos/?orden=-vendido",
        "/admin/productos/?orden=disponible",
        "/admin/productos/?orden=-disponible>",
        "/admin/productos/?q=lampara",
        "/admin/productos/?q=modelo%209999",
        "/admin/productos/?q=777",
        "/admin/productos/?q=nada",
        "/admin/productos/?q=modelo&categoria=otros&activo=si&stock=bajo&orden=-precio",
        "/admin/productos/777/",
        "/admin/productos/1/",
        "/admin/productos/777/kardex/",
        "/admin/productos/1/kardex/",
        "/admin/productos/1/kardex/?desde=%1$s&hasta=%1$s",
        "/admin/productos/1/kardex/?momento=%1$sT12:00",
        "/admin/productos/1/kardex/>",
        "/admin/stock-reservations/",
        "/admin/stock-reservations/>",
        "/admin/stock-reservations/?estado=pending",
        "/admin/stock-reservations/?estado=por_expirar",
        "/admin/stock-reservations/?estado=confirmed",
        "/admin/stock-reservations/?estado=cancelled>",
        "/admin/stock-reservations/?estado=expired",
        "/admin/stock-reservations/?producto=777",
        "/admin/stock-reservations/?producto=1",
        "/admin/stock-reservations/?producto=1>",
        "/admin/stock-reservations/?producto=777&estado=confirmed",
        "/admin/stock-reservations/?producto=1&estado=expired",
        "/admin/stock-reservations/?producto=1&estado=pending",
        "/admin/stock-reservations/?usuario=comprador777",
        "/admin/stock-reservations/?usuario=comprador",
        "/admin/stock-reservations/?usuario=nadie",
        "/admin/stock-reservations/?usuario=comprador777&estado=confirmed&producto=1",
        "/admin/stock-reservations/?q=comprador777",
        "/admin/stock-reservations/?q=modelo%209999",
        "/admin/stock-reservations/?q=modelo",
        "/admin/stock-reservations/?q=modelo>",
        "/admin/stock-reservations/?q=777777",
        "/admin/stock-reservations/?q=nada",
        "/admin/stock-reservations/?q=horno&estado=pending",
        "/admin/stock-reservations/777/",
        "/admin/pedidos/",
        "/admin/pedidos/>",
        "/admin/pedidos/?estado=pendiente",
        "/admin/pedidos/?estado=en_camino",
        "/admin/pedidos/?estado=entregado",
        "/admin/pedidos/?estado=cancelado",
        "/admin/pedidos/?q=comprador777",
        "/admin/pedidos/?q=comprador",
        "/admin/pedidos/?q=nadie",
        "/admin/pedidos/777/",
        "/admin/usuarios/",
        "/admin/usuarios/>",
        "/admin/usuarios/?q=comprador777",
        "/admin/usuarios/?q=nadie",
        "/admin/carritos/",
        "/admin/carritos/?q=comprador777",
        "/admin/carritos/?q=nadie",
        "/admin/auditoria/",
        "/admin/auditoria/>",
        "/admin/auditoria/?modulo=producto",
        "/admin/auditoria/?modulo=carrito",
        "/admin/auditoria/?usuario=comprador2",
        "/admin/auditoria/?usuario=nadie",
        "/",
        "/>",
        "/?page=4000",
        "/?categoria=herramientas",
        "/?categoria=herramientas&disponible=true",
        "/?search=lampara",
        "/?search=modelo%209999",
        "/?search=nada",
        "/?search=modelo",
        "/?search=modelo>",
        "/?search=modelo&ordering=nombre",
        "/?ordering=nombre",
        "/?ordering=precio",
        "/?ordering=-precio",
        "/?ordering=-created_at",
        "/?disponible=true",
        "/?search=horno&categoria=otros&ordering=-precio",
        "/productos/777/",
        "/carrito/",
        "/reserva/",
        "/pedidos/",
    };

    private final HttpClient client = HttpClient.newHttpClient();

    private ListPages() {}

    /** @param row called with each line of the table */
    public static void measure(Path under, Consumer<String> progress, Consumer<String> row)
            throws IOException, InterruptedException {
        Path home = Files.createDirectories(under.resolve("listas")).toAbsolutePath();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.attach(home.resolve("var"), progress);
                Database database = new Database(postgres.target(), 2)) {
            prepare(database, progress);
            progress.accept("Midiendo " + PAGES.length + " páginas...");
            try (ServerProcess server = ServerProcess.start(home, Map.of("ELECTRO_ISLA_BARRIDO", "off"))) {
                new ListPages().table(server.port, row);
            }
        }
    }

    private static void prepare(Database database, Consumer<String> progress) {
        if (new Migrations(database).migrateTo(Target.LATEST, false, _ -> {})
                instanceof MigrationOutcome.Refused refused) {
            throw new CommandRefused(refused.reason());
        }
        if (!database.read(LargeShopSql::isThere)) {
            progress.accept(
                    "Creando " + LargeShopSql.PRODUCTS + " productos y " + LargeShopSql.RESERVATIONS + " reservas...");
            database.useTransaction(handle -> LargeShopSql.fill(handle, TOKEN));
        }
        database.useTransaction(LargeShopSql::refresh);
        database.use(LargeShopSql::vacuum);
    }

    private void table(int port, Consumer<String> row) throws IOException, InterruptedException {
        String site = "http://127.0.0.1:" + port;
        for (int i = 0; i < WARM_UPS; i++) {
            for (String page : PAGES) {
                get(address(site, page));
            }
        }
        row.accept("| page | median ms | worst ms |\n| --- | ---: | ---: |");
        for (String page : PAGES) {
            URI address = address(site, page);
            double[] millis = new double[TIMES];
            for (int i = 0; i < TIMES; i++) {
                long begun = System.nanoTime();
                get(address);
                millis[i] = (System.nanoTime() - begun) / 1e6;
            }
            Arrays.sort(millis);
            row.accept(
                    String.format(Locale.ROOT, "| `%s` | %.1f | %.1f |", page, millis[TIMES / 2], millis[TIMES - 1]));
        }
    }

    private URI address(String site, String page) throws IOException, InterruptedException {
        String day =
                java.time.LocalDate.now(java.time.ZoneOffset.UTC).minusDays(10).toString();
        boolean following = page.endsWith(">");
        URI address = URI.create(site + page.replace(">", "").replace("%1$s", day));
        if (!following) {
            return address;
        }
        Matcher next = NEXT.matcher(get(address));
        if (!next.find()) {
            throw new CommandRefused("La página " + page + " no tiene siguiente");
        }
        return URI.create(site + next.group(1).replace("&amp;", "&"));
    }

    private String get(URI address) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(address)
                        .header("Cookie", "electro_isla_sesion=" + TOKEN)
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new CommandRefused(address + ": " + answer.statusCode());
        }
        return answer.body();
    }
}
