package com.electroisla.shopfront.http;

import com.electroisla.accounts.Guest;
import com.electroisla.accounts.Visitor;
import com.electroisla.http.Json;
import com.electroisla.http.QueryParameters;
import com.electroisla.pages.http.Page;
import com.electroisla.pages.http.Visit;
import com.electroisla.shopfront.GuestBuyers;
import com.electroisla.shopfront.LiveShelf;
import com.electroisla.shopfront.StockBadge;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The server-sent events of an open page: its stock, and the end of the buyer's reservation. */
@RequestScoped
@RunOnVirtualThread
@Page
@Path("/vivo")
public class LivePage {
    private final Visit visit;
    private final LiveShelf shelf;
    private final GuestBuyers guests;

    @Inject
    LivePage(RoutingContext context, LiveShelf shelf, GuestBuyers guests) {
        this.visit = Visit.of(context);
        this.guests = guests;
        this.shelf = shelf;
        // A proxy that buffers an answer before it passes it on would hold back every event.
        context.response().putHeader("X-Accel-Buffering", "no");
    }

    private record EventSink(SseEventSink sink, Sse sse) implements LiveShelf.Sink {
        /** The data of a badge for the page's script. */
        record BadgeJson(long id, String clase, String texto, boolean hay) {}

        @Override
        public void stock(long product, StockBadge badge) {
            var json = new BadgeJson(product, badge.css(), badge.text(), !badge.soldOut());
            send("existencias", new String(Json.write(json), StandardCharsets.UTF_8));
        }

        @Override
        public void holding(boolean live) {
            send("reserva", live ? "viva" : "terminada");
        }

        @Override
        public void greet() {
            send("latido", "si");
        }

        /** @param data one line */
        private void send(String event, String data) {
            if (!sink.isClosed()) {
                sink.send(sse.newEventBuilder()
                                .name(event)
                                .data(String.class, data)
                                .build())
                        .exceptionally(_ -> {
                            sink.close();
                            return null;
                        });
            }
        }

        @Override
        public boolean isOpen() {
            return !sink.isClosed();
        }

        @Override
        public void close() {
            sink.close();
        }
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void stream(@Context SseEventSink sink, @Context Sse sse) {
        QueryParameters query = visit.query();
        @Nullable Integer user = query.isTrue("reserva") ? buyer().orElse(null) : null;
        if (!shelf.watch(ids(query.get("productos")), user, visit.words(Front.AREA), new EventSink(sink, sse))) {
            // The page shows that it is not live, and tries again.
            sink.close();
        }
    }

    private Optional<Integer> buyer() {
        return visit.visitor().isPresent()
                ? visit.visitor().map(Visitor::userId)
                : visit.guestCookie().flatMap(guests::find).map(Guest::userId);
    }

    private static List<Long> ids(@Nullable String text) {
        return text == null
                ? List.of()
                : Stream.of(text.split(","))
                        .filter(id -> id.matches("[0-9]{1,18}"))
                        .limit(LiveShelf.MOST_PRODUCTS)
                        .map(Long::valueOf)
                        .toList();
    }
}
