package com.electroisla.oldfront.http;

import com.electroisla.accounts.http.SignedIn;
import com.electroisla.admin.ProductFilter;
import com.electroisla.admin.StaffProduct;
import com.electroisla.admin.StaffProducts;
import com.electroisla.admin.StaffProducts.Filled;
import com.electroisla.admin.StaffProducts.Outcome;
import com.electroisla.admin.StaffRight;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Json;
import com.electroisla.http.Language;
import com.electroisla.http.PageRequest;
import com.electroisla.http.PathId;
import com.electroisla.http.Problem;
import com.electroisla.http.SearchWords;
import com.electroisla.http.server.PublicAddress;
import com.electroisla.http.server.Replies;
import com.electroisla.http.server.Responses;
import com.electroisla.http.server.Uploads;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.live.StockNews;
import com.electroisla.picture.MakePicture;
import com.electroisla.picture.Making;
import com.electroisla.settings.Settings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The products for the staff, on sale or not, in one form with picture and free units. */
@Path("/api/admin/productos")
@SignedIn
@RequestScoped
@RunOnVirtualThread
public class AdminProductsResource {
    private static final String PICTURE = "imagen";
    private static final String RETRY_SECONDS = "5";
    private static final int MEGABYTE = 1024 * 1024;

    private final StaffProducts products;
    private final StockNews news;
    private final Settings settings;

    @Inject
    AdminProductsResource(StaffProducts products, StockNews news, Settings settings) {
        this.products = products;
        this.news = news;
        this.settings = settings;
    }

    @GET
    public Response list(@Context RoutingContext context) {
        AdminCall call = AdminCall.of(context, StaffRight.SEE_PRODUCTS);
        PageRequest page = call.page(settings.pageSize());
        @Nullable Boolean active = call.truth("activo");
        String category = call.query().get("categoria");
        var filter = new ProductFilter(
                SearchWords.of("search", call.query().get("search")),
                category == null ? "" : category,
                active == null ? "" : active ? "si" : "no",
                "",
                ProductFilter.Order.ID,
                true);
        PublicAddress site = call.site();
        return call.list(
                products.page(filter, page.size(), page.offset(), call.call().userId()),
                page,
                product -> AdminProductJson.of(product, site));
    }

    @POST
    public Response create(@Context RoutingContext context) {
        AdminCall call = AdminCall.of(context, StaffRight.CHANGE_PRODUCTS);
        AdminProductFields fields = fields(call);
        byte @Nullable [] picture = picture(context);
        var form = new Filled(fields.change(true), fields.units(), picture);
        Optional<IdempotencyKey> key = call.call().idempotencyKey(() -> contents(fields, picture));
        PublicAddress site = call.site();
        Language language = call.call().language();
        Function<Outcome, Answer> words = outcome -> switch (outcome) {
            case Outcome.Saved(StaffProduct product) ->
                new Answer(201, Json.write(AdminProductJson.of(product, site)), Map.of());
            case Outcome.Deleted _, Outcome.NotFound _, Outcome.Needed _, Outcome.TooMany _, Outcome.BadPicture _ ->
                problem(outcome).answer(language);
        };
        try {
            return Responses.of(
                    Replies.answer(products.create(form, call.actor(), Replies.keeping(key, words)), language, words));
        } finally {
            news.announce();
        }
    }

    @PATCH
    @Path("{id}")
    public Response change(@Context RoutingContext context, @PathParam("id") String id) {
        AdminCall call = AdminCall.of(context, StaffRight.CHANGE_PRODUCTS);
        long product = PathId.of(id, ErrorCode.PRODUCT_NOT_FOUND);
        AdminProductFields fields = fields(call);
        var form = new Filled(fields.change(false), fields.units(), picture(context));
        try {
            return answer(call, products.change(product, form, call.actor()));
        } finally {
            news.announce();
        }
    }

    @DELETE
    @Path("{id}")
    public Response delete(@Context RoutingContext context, @PathParam("id") String id) {
        AdminCall call = AdminCall.of(context, StaffRight.DELETE_PRODUCTS);
        long product = PathId.of(id, ErrorCode.PRODUCT_NOT_FOUND);
        try {
            return answer(call, products.delete(product, call.actor()));
        } finally {
            news.announce();
        }
    }

    private static Response answer(AdminCall call, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Saved(StaffProduct product) ->
                Responses.of(Answer.ok(AdminProductJson.of(product, call.site())));
            case Outcome.Deleted _ -> Responses.of(Answer.noContent());
            case Outcome.NotFound _, Outcome.Needed _, Outcome.TooMany _, Outcome.BadPicture _ ->
                throw problem(outcome).exception();
        };
    }

    private static Problem problem(Outcome outcome) {
        return switch (outcome) {
            case Outcome.NotFound _ -> Problem.of(ErrorCode.PRODUCT_NOT_FOUND);
            case Outcome.Needed _ -> Problem.of(ErrorCode.PRODUCT_NEEDED);
            case Outcome.TooMany _ -> Problem.invalidField("stock", "campo_unidades");
            case Outcome.BadPicture(Making why) ->
                switch (why) {
                    case Making.TooLarge _ ->
                        Problem.invalidField(
                                PICTURE, "campo_megas", Integer.toString(MakePicture.LARGEST_BYTES / MEGABYTE));
                    case Making.TooManyPixels _ -> Problem.invalidField(PICTURE, "campo_pixeles");
                    case Making.Busy _ -> Problem.of(ErrorCode.BUSY).withHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
                    case Making.NoPicture _, Making.Made _ -> Problem.invalidField(PICTURE, "campo_imagen");
                };
            case Outcome.Saved _, Outcome.Deleted _ -> throw new IllegalStateException("no problem: " + outcome);
        };
    }

    private static AdminProductFields fields(AdminCall call) {
        if (Uploads.isForm(call.call().contentType())) {
            return AdminProductFields.of(call.context().request().formAttributes());
        }
        @Nullable Buffer body = call.context().body().buffer();
        return AdminProductFields.ofJson(
                body == null ? new byte[0] : body.getBytes(), call.call().contentType());
    }

    private static byte @Nullable [] picture(RoutingContext context) {
        return Uploads.file(context, PICTURE).orElse(null);
    }

    /** The digest of all of a form, to tell it from another one under the same key. */
    private static byte[] contents(AdminProductFields fields, byte @Nullable [] picture) {
        try {
            MessageDigest contents = MessageDigest.getInstance("SHA-256");
            contents.update(fields.sent().contents().getBytes(StandardCharsets.UTF_8));
            if (picture != null) {
                contents.update((byte) 0);
                contents.update(picture);
            }
            return contents.digest();
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
