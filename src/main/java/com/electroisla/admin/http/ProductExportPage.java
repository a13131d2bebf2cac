package com.electroisla.admin.http;

import com.electroisla.admin.ExportConnections;
import com.electroisla.admin.Filters;
import com.electroisla.admin.ProductFilter;
import com.electroisla.admin.ProductList;
import com.electroisla.admin.Section;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Page;
import com.electroisla.transfer.CatalogueRow;
import com.electroisla.transfer.RowWriter;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The whole list of products, over all its pages and in its order, as a file that {@code loaddata} reads. */
@RequestScoped
@RunOnVirtualThread
@Page
@AdminPage
@Path("/admin/productos/exportar")
public class ProductExportPage {
    private final RoutingContext context;
    private final Admin admin;
    private final ProductList list;
    private final ProductFilter filter;
    private final ExportConnections connections;
    private final Exports exports;

    @Inject
    ProductExportPage(RoutingContext context, ProductList list, ExportConnections connections, Exports exports) {
        this.context = context;
        this.exports = exports;
        this.admin = Admin.of(context);
        this.list = list;
        this.connections = connections;
        this.filter = ProductFilter.of(admin.visit().query());
    }

    @GET
    @Path("productos.csv")
    public Response csv() {
        return unread().orElseGet(() -> file(Exports.CSV, "csv", RowWriter::csv));
    }

    @GET
    @Path("productos.xlsx")
    public Response xlsx() {
        return unread().or(this::tooLarge).orElseGet(() -> file(Exports.XLSX, "xlsx", RowWriter::xlsx));
    }

    /** A file cannot report invalid filters; the list does. */
    private Optional<Response> unread() {
        return Filters.unread(Section.PRODUCTS, admin.visit().query()).isEmpty()
                ? Optional.empty()
                : Optional.of(admin.visit()
                        .goTo(Section.PRODUCTS.href() + admin.visit().query().with(Map.of())));
    }

    private Optional<Response> tooLarge() {
        if (list.count(filter) > RowWriter.MOST_XLSX_ROWS) {
            return Optional.of(admin.visit()
                    .goTo(filter.address(), Notice.problem(admin.text("lista_no_cabe", RowWriter.MOST_XLSX_ROWS))));
        }
        return connections
                .products()
                .tooLongForXlsx(filter)
                .map(name -> admin.visit().goTo(filter.address(), Notice.problem(admin.text("celda_no_cabe", name))));
    }

    private Response file(String type, String extension, Function<OutputStream, RowWriter> format) {
        return exports.answer(context, type, "productos." + extension, (out, handle) -> {
            try (RowWriter writer = format.apply(out)) {
                writer.write(CatalogueRow.headersWithFigures());
                list.forEach(handle, filter, cells -> {
                    try {
                        writer.write(cells);
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                });
            } catch (UncheckedIOException failure) {
                throw failure.getCause();
            }
        });
    }
}
