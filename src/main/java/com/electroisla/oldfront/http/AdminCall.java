package com.electroisla.oldfront.http;

import com.electroisla.accounts.Role;
import com.electroisla.accounts.http.SignedInCall;
import com.electroisla.admin.Listed;
import com.electroisla.admin.StaffRight;
import com.electroisla.audit.Actor;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PageJson;
import com.electroisla.http.PageRequest;
import com.electroisla.http.Problem;
import com.electroisla.http.QueryParameters;
import com.electroisla.http.server.PageLinks;
import com.electroisla.http.server.PublicAddress;
import com.electroisla.http.server.Responses;
import com.electroisla.order.Orders.Viewer;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A call for the staff by somebody whose role may make it. */
record AdminCall(SignedInCall call, QueryParameters query) {
    private static final Logger SECURITY = Logger.getLogger("electroisla.security");

    /** @throws com.electroisla.http.ProblemException 403 for other roles */
    static AdminCall of(RoutingContext context, StaffRight right) {
        SignedInCall call = SignedInCall.of(context);
        if (!right.isOf(call.caller().role())) {
            refused(context, call.caller().username(), call.address());
            throw Problem.of(ErrorCode.FORBIDDEN).exception();
        }
        return new AdminCall(call, QueryParameters.parse(context.request().query()));
    }

    /** Writes a refusal because of a role to {@code security.log}; the path is a resource's, so it has no tricks. */
    static void refused(RoutingContext context, String username, String address) {
        SECURITY.log(Level.WARNING, "llamada rechazada por rol: {0} usuario={1} ip={2}", new Object[] {
            context.normalizedPath(), username, address
        });
    }

    RoutingContext context() {
        return call.context();
    }

    Actor actor() {
        return new Actor(call.userId(), call.address(), call.userAgent());
    }

    Viewer viewer() {
        return new Viewer(call.userId(), call.caller().role());
    }

    PublicAddress site() {
        return PublicAddress.of(context().request());
    }

    /** A filter with two values; null when it is absent. */
    @Nullable
    Boolean truth(String name) {
        String text = query.get(name);
        return text == null
                ? null
                : switch (text.toLowerCase(Locale.ROOT)) {
                    case "true" -> Boolean.TRUE;
                    case "false" -> Boolean.FALSE;
                    default ->
                        throw Problem.invalidField(name, "campo_opciones", "true, false")
                                .exception();
                };
    }

    /** A role by its word; 400 for another one. */
    static Role role(String name, String word) {
        return Arrays.stream(Role.values())
                .filter(role -> role.text().equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.invalidField(
                                name,
                                "campo_opciones",
                                String.join(
                                        ", ",
                                        Arrays.stream(Role.values())
                                                .map(Role::text)
                                                .toList()))
                        .exception());
    }

    PageRequest page(int usualSize) {
        return PageRequest.of(query, usualSize, "");
    }

    /** The page as JSON; 404 past the end. */
    <T> Response list(Listed<T> found, PageRequest page, Function<T, Object> json) {
        if (found.rows().isEmpty() && page.number() > 1) {
            throw Problem.of(ErrorCode.PAGE_NOT_FOUND).exception();
        }
        PageLinks links = PageLinks.of(context(), query);
        boolean more = page.offset() + found.rows().size() < found.count();
        return Responses.of(Answer.ok(new PageJson<>(
                found.count(),
                more ? links.at(page.number() + 1) : null,
                links.before(page.number()),
                found.rows().stream().map(json).toList())));
    }
}
