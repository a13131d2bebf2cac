package com.electroisla.purchase.http;

import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import com.electroisla.http.server.ClientInfo;
import com.electroisla.http.server.Replies;
import com.electroisla.http.server.Responses;
import com.electroisla.limits.LimitResult;
import com.electroisla.purchase.ProviderEvents;
import com.electroisla.purchase.Told;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The providers' word about payments. The caller is known by the signature alone; a wrong one is counted against
 * its address, so that nobody tries them out and no log fills up.
 */
@Path("/api/pagos/eventos")
@RequestScoped
@RunOnVirtualThread
public class ProviderEventsResource {
    private static final Logger LOG = Logger.getLogger(ProviderEventsResource.class.getName());
    private static final Logger SECURITY = Logger.getLogger("electroisla.security");
    private static final String RETRY_SECONDS = "5";

    private final ProviderEvents events;

    @Inject
    ProviderEventsResource(ProviderEvents events) {
        this.events = events;
    }

    record HeardJson(boolean recibido) {}

    @POST
    @Path("{proveedor}")
    public Response hear(@Context RoutingContext context, @PathParam("proveedor") String provider, byte[] body) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        context.request().headers().forEach(headers::putIfAbsent);
        Language language = Language.preferredBy(context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        return Responses.of(
                switch (events.hear(provider, headers, body)) {
                    case Told.Heard() -> Answer.ok(new HeardJson(true));
                    case Told.Unsigned(String why) ->
                        unsigned(ClientInfo.of(context), provider, why).answer(language);
                    case Told.Unreadable(String why) -> {
                        LOG.log(Level.WARNING, "an event of a provider cannot be read: {0}", why);
                        yield Problem.of(ErrorCode.EVENT_UNREADABLE).answer(language);
                    }
                    case Told.NoSuchProvider() ->
                        Problem.of(ErrorCode.NOT_FOUND).answer(language);
                    case Told.Later() ->
                        Problem.of(ErrorCode.BUSY)
                                .withHeader("Retry-After", RETRY_SECONDS)
                                .answer(language);
                });
    }

    private Problem unsigned(ClientInfo caller, String provider, String why) {
        if (events.countUnsigned(caller.address().getHostAddress()) instanceof LimitResult.Exceeded exceeded) {
            return Replies.problem(exceeded);
        }
        SECURITY.warning("evento de pago sin firma válida, en nombre de " + provider + ": " + why);
        return Problem.of(ErrorCode.EVENT_UNSIGNED);
    }
}
