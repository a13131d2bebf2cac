package com.electroisla.admin.http;

import com.electroisla.admin.ProductList;
import com.electroisla.admin.ProductSheet;
import com.electroisla.admin.ProductView;
import com.electroisla.admin.ProductsView;
import com.electroisla.admin.Section;
import com.electroisla.catalog.EditOutcome;
import com.electroisla.catalog.EditProducts;
import com.electroisla.catalog.FieldMarks;
import com.electroisla.catalog.Money;
import com.electroisla.catalog.Price;
import com.electroisla.catalog.ProductDetails;
import com.electroisla.catalog.ProductEdit;
import com.electroisla.catalog.ProductField;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PathId;
import com.electroisla.idempotency.Applied;
import com.electroisla.inventory.AdjustStock;
import com.electroisla.inventory.Adjustment;
import com.electroisla.inventory.Shelf;
import com.electroisla.pages.Form;
import com.electroisla.pages.Frame;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Page;
import com.electroisla.transfer.DumpCatalogue;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** API › Productos: the list, the form of one product, and actions on many. */
@RequestScoped
@RunOnVirtualThread
@Page
@AdminPage
@Path("/admin/productos")
public class ProductsPage {
    private static final String LIST = "/admin/productos/";

    private final Admin admin;
    private final ProductList list;
    private final ProductSheet sheet;
    private final EditProducts products;
    private final AdjustStock stock;
    private final DumpCatalogue dump;

    @Inject
    ProductsPage(
            RoutingContext context,
            ProductList list,
            ProductSheet sheet,
            EditProducts products,
            AdjustStock stock,
            DumpCatalogue dump) {
        this.admin = Admin.of(context);
        this.list = list;
        this.sheet = sheet;
        this.products = products;
        this.stock = stock;
        this.dump = dump;
    }

    @GET
    public Response list() {
        ProductsView view = list.page(admin.visit().query());
        Frame frame = admin.told(Section.PRODUCTS, "productos");
        boolean part = admin.visit().isPart() && admin.visit().target().equals("lista");
        return admin.visit()
                .page(part ? AdminTemplates.productListPart(frame, view) : AdminTemplates.products(frame, view));
    }

    /** Changes one of the two fields that can be changed in the list itself; answers the row as it is then. */
    @POST
    @Path("{id}/rapido")
    public Response quickly(@PathParam("id") String id) {
        long product = PathId.of(id, ErrorCode.NOT_FOUND);
        Form form = admin.visit().form();
        Optional<EditProducts.Versioned> current = products.find(product);
        if (current.isEmpty()) {
            return admin.visit().gone(LIST);
        }
        String typed = form.text("precio");
        boolean priced = form.text("campo").equals("precio");
        Optional<Money> price = ProductForm.price(typed);
        if (priced && price.isEmpty()) {
            return row(422, product, admin.text(ProductForm.priceProblem(typed)), true, typed, "");
        }
        ProductDetails mine = priced
                ? current.get().details().with(ProductField.PRICE, new Price.Asked(price.get()))
                : current.get().details().with(ProductField.ACTIVE, form.isTicked("activo"));
        String field = priced ? "precio" : "activo";
        FieldMarks seen = FieldMarks.parse(form.text("version"));
        Set<String> touched = seen.isStill(field, mine.values().get(field)) ? Set.of() : Set.of(field);
        return switch (products.update(
                product, new ProductEdit(seen, touched, mine, confirmed(form)), admin.actor(), admin.once(form))) {
            case Applied.Before<EditOutcome>(boolean same, String _) ->
                row(200, product, admin.text(same ? "ya_aplicado" : "ya_aplicado_otro"), !same, "", "");
            case Applied.Now<EditOutcome>(EditOutcome outcome) -> quickly(product, typed, outcome);
        };
    }

    private Response quickly(long product, String typed, EditOutcome outcome) {
        return switch (outcome) {
            case EditOutcome.Saved _ -> row(200, product, admin.text("guardado"), false, "", "");
            case EditOutcome.NotFound _ -> admin.visit().gone(LIST);
            case EditOutcome.ChangedMeanwhile _ ->
                row(
                        409,
                        product,
                        admin.text("conflicto_fila"),
                        true,
                        "",
                        ProductForm.price(typed).map(Money::toString).orElse(""));
            case EditOutcome.PriceLeaps leaps ->
                row(409, product, leap(leaps), true, typed, leaps.after().toString());
        };
    }

    private String leap(EditOutcome.PriceLeaps leaps) {
        return admin.text("precio_salta", leaps.before().amount(), leaps.after().amount());
    }

    private static Optional<String> confirmed(Form form) {
        return Optional.of(form.text("precio_confirmado")).filter(text -> !text.isEmpty());
    }

    private Response row(int status, long id, String message, boolean refused, String typed, String proposed) {
        ProductsView.Row row =
                list.row(id).orElseThrow(admin.visit()::notFound).saying(message, refused, typed, proposed);
        return admin.visit().page(status, AdminTemplates.productRow(admin.frame(Section.PRODUCTS, "productos"), row));
    }

    @POST
    @Path("acciones")
    public Response bulk() {
        Form form = admin.visit().form();
        List<Long> ids = form.ids("id");
        if (ids.isEmpty()) {
            return admin.visit().goTo(LIST, Notice.problem(admin.text("nada_elegido")));
        }
        return switch (form.text("accion")) {
            case "activar" -> told("activados", products.setOnSale(ids, true, admin.actor(), admin.once(form)));
            case "desactivar" -> told("desactivados", products.setOnSale(ids, false, admin.actor(), admin.once(form)));
            case "exportar" -> csv(ids);
            default -> admin.visit().goTo(LIST, Notice.problem(admin.text("nada_elegido")));
        };
    }

    private Response told(String done, Applied<Integer> applied) {
        return switch (applied) {
            case Applied.Now<Integer>(Integer count) -> admin.visit().goTo(LIST, Notice.done(admin.text(done, count)));
            case Applied.Before<Integer> before -> admin.visit().goTo(LIST, before);
        };
    }

    /** The chosen products, at most one page of the list, in the format that {@code loaddata} reads. */
    private Response csv(List<Long> ids) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            dump.toStream(bytes, new HashSet<>(ids));
        } catch (IOException cannotBeInMemory) {
            throw new UncheckedIOException(cannotBeInMemory);
        }
        return Response.ok(bytes.toByteArray())
                .header(HttpHeaders.CONTENT_TYPE, Exports.CSV)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"productos.csv\"")
                .build();
    }

    @GET
    @Path("nuevo")
    public Response blank() {
        return admin.visit()
                .page(AdminTemplates.product(
                        admin.frame(Section.PRODUCTS, "nuevo_producto"), sheet.blank(ProductForm.BLANK, "")));
    }

    @POST
    @Path("nuevo")
    public Response create() {
        Form sent = admin.visit().form();
        ProductForm form = ProductForm.of(sent);
        Set<String> all = form.values().keySet();
        Optional<String> problem = form.problem(all);
        if (problem.isPresent()) {
            ProductView view = sheet.blank(form.typed(), admin.text(problem.get()));
            return admin.visit()
                    .page(422, AdminTemplates.product(admin.frame(Section.PRODUCTS, "nuevo_producto"), view));
        }
        return switch (products.create(form.details(ProductForm.NOTHING, all), admin.actor(), admin.once(sent))) {
            case Applied.Now<Long>(Long id) ->
                admin.visit()
                        .goTo(
                                LIST + id + "/",
                                Notice.done(admin.text("creado", form.typed().text(ProductField.NAME))));
            case Applied.Before<Long> before -> admin.visit().goTo(LIST + before.result() + "/", before);
        };
    }

    @GET
    @Path("{id}")
    public Response show(@PathParam("id") String id) {
        EditProducts.Versioned product =
                products.find(PathId.of(id, ErrorCode.NOT_FOUND)).orElseThrow(admin.visit()::notFound);
        return page(200, sheet.of(product, ProductView.Adjusting.BLANK));
    }

    @POST
    @Path("{id}")
    public Response save(@PathParam("id") String id) {
        long product = PathId.of(id, ErrorCode.NOT_FOUND);
        Form sent = admin.visit().form();
        ProductForm form = ProductForm.of(sent);
        Optional<EditProducts.Versioned> found = products.find(product);
        if (found.isEmpty()) {
            return admin.visit().gone(LIST);
        }
        ProductDetails current = found.get().details();
        FieldMarks seen = FieldMarks.parse(sent.text("version"));
        Set<String> touched = form.touched(seen);
        Set<String> undecided = decide(sent, touched);
        if (!undecided.isEmpty()) {
            return conflict(found.get(), undecided, form, touched);
        }
        Optional<String> problem = form.problem(touched);
        if (problem.isPresent()) {
            return page(422, sheet.refused(product, sent.text("version"), form.typed(), admin.text(problem.get())));
        }
        var edit = new ProductEdit(seen, touched, form.details(current, touched), confirmed(sent));
        return switch (products.update(product, edit, admin.actor(), admin.once(sent))) {
            case Applied.Before<EditOutcome> before -> admin.visit().goTo(LIST + product + "/", before);
            case Applied.Now<EditOutcome>(EditOutcome outcome) -> saved(product, form, touched, outcome);
        };
    }

    /** Applies the user's decisions on fields that both had changed; returns the fields without a decision. */
    private static Set<String> decide(Form sent, Set<String> touched) {
        Set<String> undecided = new LinkedHashSet<>();
        for (String field : sent.text("preguntado").split(",")) {
            switch (sent.text("gana_" + field)) {
                case "mio" -> {}
                case "suyo" -> touched.remove(field);
                default -> {
                    if (touched.contains(field)) {
                        undecided.add(field);
                    }
                }
            }
        }
        return undecided;
    }

    private Response conflict(
            EditProducts.Versioned current, Set<String> fields, ProductForm form, Set<String> touched) {
        ProductView.Fields merged = ProductView.Fields.of(form.details(current.details(), touched));
        return page(409, sheet.conflict(current, fields, merged, form.values(), admin.text("conflicto")));
    }

    private Response saved(long product, ProductForm form, Set<String> touched, EditOutcome outcome) {
        return switch (outcome) {
            case EditOutcome.Saved(long _, Set<String> theirs) ->
                admin.visit()
                        .goTo(
                                LIST + product + "/",
                                Notice.done(
                                        theirs.isEmpty()
                                                ? admin.text("guardado")
                                                : admin.text(
                                                        "guardado_con_lo_suyo",
                                                        String.join(
                                                                ", ",
                                                                theirs.stream()
                                                                        .map(field -> admin.text("campo_" + field))
                                                                        .toList()))));
            case EditOutcome.NotFound _ -> admin.visit().gone(LIST);
            case EditOutcome.ChangedMeanwhile(EditProducts.Versioned current, Set<String> fields) ->
                conflict(current, fields, form, touched);
            case EditOutcome.PriceLeaps leaps ->
                page(
                        409,
                        sheet.leap(
                                leaps.current(),
                                ProductView.Fields.of(
                                        form.details(leaps.current().details(), touched)),
                                leaps.after().toString(),
                                leap(leaps)));
        };
    }

    @POST
    @Path("{id}/ajuste")
    public Response adjust(@PathParam("id") String id) {
        long product = PathId.of(id, ErrorCode.NOT_FOUND);
        Form form = admin.visit().form();
        Optional<EditProducts.Versioned> found = products.find(product);
        if (found.isEmpty()) {
            return admin.visit().gone(LIST);
        }
        EditProducts.Versioned current = found.get();
        String version = form.text("version");
        Set<Long> accepted = new HashSet<>(form.ids("reserva"));
        Optional<Applied<AdjustStock.Outcome>> applied = form.text("tipo").equals(Adjustment.Kind.COUNT.word())
                ? ProductForm.count(form)
                        .map(count -> stock.count(product, count, version, accepted, admin.actor(), admin.once(form)))
                : ProductForm.adjustment(form)
                        .map(adjustment ->
                                stock.run(product, adjustment, version, accepted, admin.actor(), admin.once(form)));
        if (applied.isEmpty()) {
            return refused(422, current, form, admin.text("mal_ajuste"));
        }
        return switch (applied.get()) {
            case Applied.Before<AdjustStock.Outcome> before -> admin.visit().goTo(LIST + product + "/", before);
            case Applied.Now<AdjustStock.Outcome>(AdjustStock.Outcome outcome) -> adjusted(current, form, outcome);
        };
    }

    private Response adjusted(EditProducts.Versioned current, Form form, AdjustStock.Outcome outcome) {
        String kind = form.text("tipo");
        String quantity = form.text("cantidad");
        String reason = form.text("motivo");
        String page = LIST + current.id() + "/";
        return switch (outcome) {
            case AdjustStock.Outcome.Done(var _, AdjustStock.Figures after, int released) ->
                admin.visit()
                        .goTo(page, Notice.done(admin.text("ajustado", after.total(), after.available(), released)));
            case AdjustStock.Outcome.NotFound _ -> admin.visit().gone(LIST);
            case AdjustStock.Outcome.Impossible(AdjustStock.Figures figures) ->
                refused(409, current, form, admin.text("ajuste_imposible", figures.total(), figures.sold()));
            case AdjustStock.Outcome.NeedsOrder _ -> refused(422, current, form, admin.text("devolucion_sin_pedido"));
            case AdjustStock.Outcome.NotInOrder(long number) ->
                refused(409, current, form, admin.text("devolucion_de_otro", Long.toString(number)));
            case AdjustStock.Outcome.MoreThanLeft(long number, int left) ->
                refused(409, current, form, admin.text("devolucion_de_mas", Long.toString(number), left));
            case AdjustStock.Outcome.MovedMeanwhile _ -> refused(409, current, form, admin.text("movido_mientras"));
            case AdjustStock.Outcome.Counted(Shelf shelf, int difference)
            when difference == 0 -> admin.visit().goTo(page, Notice.done(admin.text("cuadra", shelf.units())));
            case AdjustStock.Outcome.Counted counted ->
                page(
                        form.text("version").contains("/") ? 409 : 200,
                        sheet.of(current, ProductSheet.counted(kind, quantity, reason, counted)));
            case AdjustStock.Outcome.BreaksHolds breaks ->
                page(
                        409,
                        sheet.of(current, ProductSheet.preview(kind, quantity, reason, form.text("version"), breaks)));
        };
    }

    private Response refused(int status, EditProducts.Versioned current, Form form, String why) {
        return page(
                status,
                sheet.of(
                        current,
                        ProductView.Adjusting.refused(
                                form.text("tipo"),
                                form.text("cantidad"),
                                form.text("motivo"),
                                form.text("pedido"),
                                why)));
    }

    private Response page(int status, Optional<ProductView> view) {
        ProductView found = view.orElseThrow(admin.visit()::notFound);
        String name = found.stock() == null
                ? found.fields().text(ProductField.NAME)
                : found.stock().name();
        return admin.visit().page(status, AdminTemplates.product(admin.named(Section.PRODUCTS, name), found));
    }
}
