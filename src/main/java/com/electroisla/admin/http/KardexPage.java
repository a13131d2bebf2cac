package com.electroisla.admin.http;

import com.electroisla.admin.Kardex;
import com.electroisla.admin.KardexView;
import com.electroisla.admin.Section;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PathId;
import com.electroisla.http.QueryParameters;
import com.electroisla.pages.http.Page;
import com.electroisla.transfer.RowWriter;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The kardex of one product, as a page and as a file. */
@RequestScoped
@RunOnVirtualThread
@Page
@AdminPage
@Path("/admin/productos/{id}/kardex")
public class KardexPage {
    private static final List<String> HEADERS = List.of("fecha", "tipo", "delta_total", "delta_reservado", "delta_vendido", "stock_total",
            "stock_reservado", "stock_vendido", "stock_disponible", "usuario", "motivo", "reserva", "pedido");

    private final Admin admin;
    private final Kardex kardex;

    @Inject
    KardexPage(RoutingContext context) {
        this.admin = Admin.of(context);
        this.kardex = new Kardex(admin.visit().shop().database(), admin.visit().shop().clock());
    }

    @GET
    public Response show(@PathParam("id") String id) {
        KardexView view = kardex.of(PathId.of(id, ErrorCode.NOT_FOUND), text("desde"), text("hasta"), text("momento"), admin.visit().query().get("cursor")).orElseThrow(admin.visit()::notFound);
        return admin.visit().page(Templates.kardex(admin.named(Section.PRODUCTS, view.product()), view));
    }

    @GET
    @Path("kardex.csv")
    public Response csv(@PathParam("id") String id) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return file(id, RowWriter.csv(bytes), bytes, "text/csv; charset=utf-8", "csv");
    }

    @GET
    @Path("kardex.xlsx")
    public Response xlsx(@PathParam("id") String id) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return file(id, RowWriter.xlsx(bytes), bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx");
    }

    private Response file(String id, RowWriter writer, ByteArrayOutputStream bytes, String type, String extension) {
        long product = PathId.of(id, ErrorCode.NOT_FOUND);
        try (writer) {
            writer.write(HEADERS);
            if (!kardex.forEach(product, text("desde"), text("hasta"), row -> write(writer, row))) {
                throw admin.visit().notFound();
            }
        } catch (IOException cannotBeInMemory) {
            throw new UncheckedIOException(cannotBeInMemory);
        }
        return Response.ok(bytes.toByteArray())
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"kardex-" + product + "." + extension + "\"")
                .build();
    }

    private static void write(RowWriter writer, KardexView.Row row) {
        try {
            writer.write(List.of(row.at().toString(), row.kind(), number(row.deltaTotal()), number(row.deltaReserved()), number(row.deltaSold()),
                    number(row.total()), number(row.reserved()), number(row.sold()), number(row.available()),
                    RowWriter.guarded(row.user()), RowWriter.guarded(row.reason()), Objects.toString(row.hold(), ""), Objects.toString(row.order(), "")));
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
