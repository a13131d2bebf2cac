package com.electroisla.admin.http;

import com.electroisla.admin.Kardex;
import com.electroisla.admin.KardexView;
import com.electroisla.admin.Section;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PathId;
import com.electroisla.http.QueryParameters;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Page;
import com.electroisla.settings.Settings;
import com.electroisla.transfer.RowWriter;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The history of one product's stock, as a page and as a file. */
@RequestScoped
@RunOnVirtualThread
@Page
@AdminPage
@Path("/admin/productos/{id}/kardex")
public class KardexPage {
    private static final List<String> HEADERS = List.of(
            "fecha",
            "tipo",
            "delta_total",
            "delta_reservado",
            "delta_vendido",
            "stock_total",
            "stock_reservado",
            "stock_vendido",
            "stock_disponible",
            "usuario",
            "motivo",
            "reserva",
            "pedido");

    private final RoutingContext context;
    private final Admin admin;
    private final Kardex kardex;
    private final ZoneId zone;
    private final Exports exports;

    @Inject
    KardexPage(RoutingContext context, Kardex kardex, Settings settings, Exports exports) {
        this.context = context;
        this.exports = exports;
        this.admin = Admin.of(context);
        this.kardex = kardex;
        this.zone = settings.zone();
    }

    @GET
    public Response show(@PathParam("id") String id) {
        KardexView view = kardex.of(
                        PathId.of(id, ErrorCode.NOT_FOUND),
                        text("desde"),
                        text("hasta"),
                        text("momento"),
                        admin.visit().query().get("cursor"))
                .orElseThrow(admin.visit()::notFound);
        return admin.visit()
                .page(AdminTemplates.kardex(admin.told(admin.named(Section.PRODUCTS, view.product()), unread()), view));
    }

    /** The filters with an invalid day, for the page's message; empty when all are valid. */
    private String unread() {
        return Kardex.unread(text("desde"), text("hasta"), text("momento")).stream()
                .map(name -> name + " = «" + text(name) + "»")
                .collect(Collectors.joining(", "));
    }

    @GET
    @Path("kardex.csv")
    public Response csv(@PathParam("id") String id) {
        long product = PathId.of(id, ErrorCode.NOT_FOUND);
        kardex.count(product, text("desde"), text("hasta")).orElseThrow(admin.visit()::notFound);
        return file(product, Exports.CSV, "csv", RowWriter::csv);
    }

    @GET
    @Path("kardex.xlsx")
    public Response xlsx(@PathParam("id") String id) {
        long product = PathId.of(id, ErrorCode.NOT_FOUND);
        long count = kardex.count(product, text("desde"), text("hasta")).orElseThrow(admin.visit()::notFound);
        return count > RowWriter.MOST_XLSX_ROWS
                ? admin.visit()
                        .goTo(
                                "/admin/productos/" + product + "/kardex/",
                                Notice.problem(admin.text("kardex_no_cabe", RowWriter.MOST_XLSX_ROWS)))
                : file(product, Exports.XLSX, "xlsx", RowWriter::xlsx);
    }

    private Response file(long product, String type, String extension, Function<OutputStream, RowWriter> format) {
        if (!unread().isEmpty()) {
            // A file cannot report invalid filters; the page does.
            return admin.visit()
                    .goTo(Section.PRODUCTS.href() + product + "/kardex/"
                            + admin.visit().query().with(Map.of()));
        }
        String from = text("desde");
        String to = text("hasta");
        return exports.answer(context, type, "kardex-" + product + "." + extension, (out, handle) -> {
            try (RowWriter writer = format.apply(out)) {
                writer.write(HEADERS);
                kardex.forEach(handle, product, from, to, row -> write(writer, row));
            } catch (UncheckedIOException failure) {
                throw failure.getCause();
            }
        });
    }

    private void write(RowWriter writer, KardexView.Row row) {
        ZonedDateTime at = row.at().atZone(zone);
        try {
            writer.write(List.of(
                    at.truncatedTo(ChronoUnit.SECONDS).toOffsetDateTime().toString(),
                    row.kind(),
                    number(row.deltaTotal()),
                    number(row.deltaReserved()),
                    number(row.deltaSold()),
                    number(row.total()),
                    number(row.reserved()),
                    number(row.sold()),
                    number(row.available()),
                    RowWriter.guarded(row.user()),
                    RowWriter.guarded(row.reason()),
                    Objects.toString(row.hold(), ""),
                    Objects.toString(row.order(), "")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String number(int number) {
        return Integer.toString(number);
    }

    private String text(String name) {
        QueryParameters query = admin.visit().query();
        return Objects.requireNonNullElse(query.get(name), "");
    }
}
