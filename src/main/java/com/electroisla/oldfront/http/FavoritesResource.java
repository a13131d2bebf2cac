package com.electroisla.oldfront.http;

import com.electroisla.accounts.http.SignedIn;
import com.electroisla.accounts.http.SignedInCall;
import com.electroisla.accounts.http.SignedInUnderLock;
import com.electroisla.cart.CartChange;
import com.electroisla.cart.CartTransaction;
import com.electroisla.catalog.Products;
import com.electroisla.catalog.http.ProductJson;
import com.electroisla.favorites.FavoriteOutcome;
import com.electroisla.favorites.Favorites;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Json;
import com.electroisla.http.Language;
import com.electroisla.http.Messages;
import com.electroisla.http.PathId;
import com.electroisla.http.Problem;
import com.electroisla.http.ProblemException;
import com.electroisla.http.QueryParameters;
import com.electroisla.http.server.PublicAddress;
import com.electroisla.http.server.Replies;
import com.electroisla.http.server.Responses;
import com.electroisla.idempotency.IdempotencyKey;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The caller's favourites. */
@Path("/api")
@RequestScoped
@RunOnVirtualThread
public class FavoritesResource {
    private final Favorites favorites;
    private final Products products;
    private final CartTransaction transaction;

    @Inject
    FavoritesResource(Favorites favorites, Products products, CartTransaction transaction) {
        this.favorites = favorites;
        this.products = products;
        this.transaction = transaction;
    }

    record ChangedJson(String message, boolean esFavorito, long favoritosCount) {}

    record IsFavoriteJson(boolean esFavorito) {}

    record AmongJson(Map<Long, Boolean> favoritos) {}

    record ListJson(int count, List<ProductJson> favoritos) {}

    @POST
    @Path("favoritos/agregar/{id}")
    @SignedInUnderLock
    public Response add(@Context RoutingContext context, @PathParam("id") String id, byte[] body) {
        SignedInCall call = SignedInCall.of(context);
        long product = PathId.of(id, ErrorCode.PRODUCT_NOT_FOUND);
        return change(
                call,
                call.idempotencyKey(body),
                change -> favorites.add(change.handle(), call.userId(), product, change.now()));
    }

    @DELETE
    @Path("favoritos/remover/{id}")
    @SignedInUnderLock
    public Response remove(@Context RoutingContext context, @PathParam("id") String id) {
        SignedInCall call = SignedInCall.of(context);
        long product = PathId.of(id, ErrorCode.PRODUCT_NOT_FOUND);
        return change(call, Optional.empty(), change -> favorites.remove(change.handle(), call.userId(), product));
    }

    @GET
    @Path("favoritos/es-favorito/{id}")
    @SignedIn
    public Response isFavorite(@Context RoutingContext context, @PathParam("id") String id) {
        long product = PathId.of(id, ErrorCode.PRODUCT_NOT_FOUND);
        Set<Long> kept = favorites.among(SignedInCall.of(context).userId(), List.of(product));
        return Responses.of(Answer.ok(new IsFavoriteJson(!kept.isEmpty())));
    }

    /** The length of an address bounds the number of ids. */
    @GET
    @Path("favoritos/verificar-batch")
    @SignedIn
    public Response areFavorites(@Context RoutingContext context) {
        Set<Long> asked = ids(QueryParameters.parse(context.request().query()));
        Set<Long> kept = favorites.among(SignedInCall.of(context).userId(), asked);
        Map<Long, Boolean> answers = new LinkedHashMap<>();
        asked.forEach(id -> answers.put(id, kept.contains(id)));
        return Responses.of(Answer.ok(new AmongJson(answers)));
    }

    @GET
    @Path("mis-favoritos")
    @SignedIn
    public Response list(@Context RoutingContext context) {
        List<Long> kept = favorites.of(SignedInCall.of(context).userId());
        PublicAddress site = PublicAddress.of(context.request());
        List<ProductJson> shown = products.onSale(kept).stream()
                .map(product -> ProductJson.of(product, site))
                .toList();
        return Responses.of(Answer.ok(new ListJson(shown.size(), shown)));
    }

    private static Set<Long> ids(QueryParameters query) {
        Set<Long> ids = new TreeSet<>();
        String text = query.get("ids");
        for (String id : text == null ? new String[0] : text.split(",")) {
            try {
                ids.add(PathId.of(id.strip(), ErrorCode.INVALID_REQUEST));
            } catch (ProblemException noNumber) {
                throw Problem.invalidField("ids", "campo_tipo").exception();
            }
        }
        return ids;
    }

    private Response change(
            SignedInCall call, Optional<IdempotencyKey> key, Function<CartChange, FavoriteOutcome> change) {
        Function<FavoriteOutcome, Answer> words = outcome -> answer(outcome, call.language());
        var reply = transaction.run(call.userId(), Replies.keeping(key, words), change);
        return Responses.of(Replies.answer(reply, call.language(), words));
    }

    private static Answer answer(FavoriteOutcome outcome, Language language) {
        return switch (outcome) {
            case FavoriteOutcome.Added(long count) -> new Answer(201, added(count, language), Map.of());
            case FavoriteOutcome.AlreadyThere(long count) -> new Answer(200, added(count, language), Map.of());
            case FavoriteOutcome.Removed(long count) ->
                Answer.ok(new ChangedJson(Messages.get(language, "favorito_quitado"), false, count));
            case FavoriteOutcome.NoSuchProduct _ ->
                Problem.of(ErrorCode.PRODUCT_NOT_FOUND).answer(language);
            case FavoriteOutcome.TooMany _ ->
                Problem.of(ErrorCode.FAVORITES_FULL, Integer.toString(Favorites.MOST))
                        .answer(language);
        };
    }

    private static byte[] added(long count, Language language) {
        return Json.write(new ChangedJson(Messages.get(language, "favorito_agregado"), true, count));
    }
}
