package com.electroisla.admin.http;

import com.electroisla.admin.ProductCard;
import com.electroisla.admin.ProductList;
import com.electroisla.admin.ProductView;
import com.electroisla.admin.ProductsView;
import com.electroisla.admin.Section;
import com.electroisla.catalog.EditOutcome;
import com.electroisla.catalog.EditProducts;
import com.electroisla.catalog.Money;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PathId;
import com.electroisla.idempotency.Applied;
import com.electroisla.inventory.AdjustStock;
import com.electroisla.inventory.Adjustment;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** API › Productos: the list, the form of one, and what is done to many. */
@RequestScoped
@RunOnVirtualThread
@Page
@AdminPage
@Path("/admin/productos")
public class ProductsPage {
    private static final String LIST = "/admin/productos/";
    private static final ProductView.Fields BLANK = new ProductView.Fields("", "", "", "0", "", "", true);

    private final Admin admin;
    private final ProductList list;
    private final ProductCard card;
    private final EditProducts products;

    @Inject
    ProductsPage(RoutingContext context) {
        this.admin = Admin.of(context);
        var shop = admin.visit().shop();
        this.list = new ProductList(shop.database());
        this.card = new ProductCard(shop.database());
        this.products = shop.editProducts();
    }

    @GET
    public Response list() {
        ProductsView view = list.page(admin.visit().query());
        Frame frame = admin.frame(Section.PRODUCTS, "productos");
        boolean part = admin.visit().isPart() && admin.visit().target().equals("lista");
        return admin.visit().page(part ? Templates.productList(frame, view) : Templates.products(frame, view));
    }

    /** One of the two fields that can be changed in the list itself: answers the row as it is then. */
    @POST
    @Path("{id}/rapido")
    public Response quickly(@PathParam("id") String id) {
        long product = PathId.of(id, ErrorCode.NOT_FOUND);
        Form form = admin.visit().form();
        Applied<EditOutcome> applied;
        if (form.text("campo").equals("precio")) {
            Optional<Money> price = ProductForm.price(form.text("precio"));
            if (price.isEmpty()) {
                return row(422, product, admin.text("mal_precio"), true);
            }
            applied = products.setPrice(product, form.text("version"), price.get(), admin.actor(), admin.once(form));
        } else {
            applied = products.setOnSale(product, form.text("version"), form.isTicked("activo"), admin.actor(), admin.once(form));
        }
        return switch (applied) {
            case Applied.Before<EditOutcome>(boolean same, String _) -> row(200, product, admin.text(same ? "ya_aplicado" : "ya_aplicado_otro"), !same);
            case Applied.Now<EditOutcome>(EditOutcome outcome) -> quickly(product, outcome);
        };
    }

    private Response quickly(long product, EditOutcome outcome) {
        return switch (outcome) {
            case EditOutcome.Saved _ -> row(200, product, admin.text("guardado"), false);
            case EditOutcome.NotFound _ -> admin.visit().gone(LIST);
            case EditOutcome.ChangedMeanwhile _ -> row(409, product, admin.text("conflicto_fila"), true);
        };
    }

    private Response row(int status, long id, String message, boolean refused) {
        ProductsView.Row row = list.row(id).orElseThrow(admin.visit()::notFound).saying(message, refused);
        return admin.visit().page(status, Templates.productRow(admin.frame(Section.PRODUCTS, "productos"), row));
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

    /** The chosen products, a page of the list at the most, in the form that {@code loaddata} reads. */
    private Response csv(List<Long> ids) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            new DumpCatalogue(admin.visit().shop().database()).toStream(bytes, new HashSet<>(ids));
        } catch (IOException cannotBeInMemory) {
            throw new UncheckedIOException(cannotBeInMemory);
        }
        return Response.ok(bytes.toByteArray())
                .header(HttpHeaders.CONTENT_TYPE, "text/csv; charset=utf-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"productos.csv\"")
                .build();
    }

    @GET
    @Path("nuevo")
    public Response blank() {
        return admin.visit().page(Templates.product(admin.frame(Section.PRODUCTS, "nuevo_producto"), card.blank(BLANK, "")));
    }

    @POST
    @Path("nuevo")
    public Response create() {
        Form sent = admin.visit().form();
        ProductForm form = ProductForm.of(sent);
        Optional<String> problem = form.problem();
        if (problem.isPresent()) {
            ProductView view = card.blank(form.typed(), admin.text(problem.get()));
            return admin.visit().page(422, Templates.product(admin.frame(Section.PRODUCTS, "nuevo_producto"), view));
        }
        return switch (products.create(form.details(), admin.actor(), admin.once(sent))) {
            case Applied.Now<Long>(Long id) -> admin.visit().goTo(LIST + id + "/", Notice.done(admin.text("creado", form.details().name())));
            case Applied.Before<Long> before -> admin.visit().goTo(LIST + before.result() + "/", before);
        };
    }

    @GET
    @Path("{id}")
    public Response show(@PathParam("id") String id) {
        EditProducts.Versioned product = products.find(PathId.of(id, ErrorCode.NOT_FOUND)).orElseThrow(admin.visit()::notFound);
        return page(200, card.of(product, ProductView.Adjusting.BLANK));
    }

    @POST
    @Path("{id}")
    public Response save(@PathParam("id") String id) {
        long product = PathId.of(id, ErrorCode.NOT_FOUND);
        Form sent = admin.visit().form();
        ProductForm form = ProductForm.of(sent);
        Optional<String> problem = form.problem();
        if (problem.isPresent()) {
            return page(422, card.refused(product, sent.text("version"), form.typed(), admin.text(problem.get())));
        }
        return switch (products.update(product, sent.text("version"), form.details(), admin.actor(), admin.once(sent))) {
            case Applied.Before<EditOutcome> before -> admin.visit().goTo(LIST + product + "/", before);
            case Applied.Now<EditOutcome>(EditOutcome outcome) -> saved(product, form, outcome);
        };
    }

    private Response saved(long product, ProductForm form, EditOutcome outcome) {
        return switch (outcome) {
            case EditOutcome.Saved _ -> admin.visit().goTo(LIST + product + "/", Notice.done(admin.text("guardado")));
            case EditOutcome.NotFound _ -> admin.visit().gone(LIST);
            case EditOutcome.ChangedMeanwhile(EditProducts.Versioned current) ->
                    page(409, card.conflict(current, form.details(), admin.text("conflicto")));
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
        String kind = form.text("tipo");
        String quantity = form.text("cantidad");
        String reason = form.text("motivo");
        String order = form.text("pedido");
        Optional<Adjustment> adjustment = ProductForm.adjustment(form);
        if (adjustment.isEmpty()) {
            return page(422, card.of(current, ProductView.Adjusting.refused(kind, quantity, reason, order, admin.text("mal_ajuste"))));
        }
        Set<Long> accepted = new HashSet<>(form.ids("reserva"));
        return switch (admin.visit().shop().adjustStock().run(product, adjustment.get(), accepted, admin.actor(), admin.once(form))) {
            case Applied.Before<AdjustStock.Outcome> before -> admin.visit().goTo(LIST + product + "/", before);
            case Applied.Now<AdjustStock.Outcome>(AdjustStock.Outcome outcome) -> adjusted(product, current, form, outcome);
        };
    }

    private Response adjusted(long product, EditProducts.Versioned current, Form form, AdjustStock.Outcome outcome) {
        String kind = form.text("tipo");
        String quantity = form.text("cantidad");
        String reason = form.text("motivo");
        String order = form.text("pedido");
        return switch (outcome) {
            case AdjustStock.Outcome.Done(var _, AdjustStock.Figures after, int released) -> admin.visit().goTo(LIST + product + "/",
                    Notice.done(admin.text("ajustado", after.total(), after.available(), released)));
            case AdjustStock.Outcome.NotFound _ -> admin.visit().gone(LIST);
            case AdjustStock.Outcome.Impossible(AdjustStock.Figures figures) -> page(409, card.of(current,
                    ProductView.Adjusting.refused(kind, quantity, reason, order, admin.text("ajuste_imposible", figures.total(), figures.sold()))));
            case AdjustStock.Outcome.NeedsOrder _ -> page(422, card.of(current,
                    ProductView.Adjusting.refused(kind, quantity, reason, order, admin.text("devolucion_sin_pedido"))));
            case AdjustStock.Outcome.NotInOrder(long number) -> page(409, card.of(current,
                    ProductView.Adjusting.refused(kind, quantity, reason, order, admin.text("devolucion_de_otro", Long.toString(number)))));
            case AdjustStock.Outcome.MoreThanLeft(long number, int left) -> page(409, card.of(current,
                    ProductView.Adjusting.refused(kind, quantity, reason, order, admin.text("devolucion_de_mas", Long.toString(number), left))));
            case AdjustStock.Outcome.BreaksHolds breaks -> page(409, card.of(current, ProductCard.preview(kind, quantity, reason, breaks)));
        };
    }

    private Response page(int status, Optional<ProductView> view) {
        ProductView found = view.orElseThrow(admin.visit()::notFound);
        String name = found.stock() == null ? found.fields().name() : found.stock().name();
        return admin.visit().page(status, Templates.product(admin.named(Section.PRODUCTS, name), found));
    }
}
