package com.electroisla.shopfront.http;

import com.electroisla.cart.Carts;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Json;
import com.electroisla.http.PathId;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Page;
import com.electroisla.payment.provider.PaymentProviders;
import com.electroisla.payment.provider.TestProvider;
import com.electroisla.purchase.ProviderEvents;
import com.electroisla.purchase.Purchases;
import com.electroisla.purchase.Seen;
import com.electroisla.purchase.Told;
import com.electroisla.shopfront.GuestBuyers;
import com.electroisla.shopfront.PaymentView;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The page of the provider that moves no money, where a buyer says what the bank would say. What they choose goes the
 * way of every provider's event: signed, verified, heard.
 */
@RequestScoped
@RunOnVirtualThread
@Page
@Path(TestProvider.PAGE)
public class TestPaymentPages {
    private static final String SIGNATURE = "firma";

    private final Front front;
    private final Optional<TestProvider> provider;
    private final Purchases purchases;
    private final ProviderEvents events;

    @Inject
    TestPaymentPages(
            RoutingContext context,
            Carts carts,
            GuestBuyers guests,
            PaymentProviders providers,
            Purchases purchases,
            ProviderEvents events) {
        this.front = Front.of(context, carts, guests, "/pedidos/");
        this.provider = providers.test();
        this.purchases = purchases;
        this.events = events;
    }

    /** @param importe null for a refusal */
    record EventJson(
            long pago,
            String tipo,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String importe,

            String evento) {}

    @GET
    @Path("{id}")
    public Response page(@PathParam("id") String id) {
        String signature = Objects.requireNonNullElse(front.visit().query().get(SIGNATURE), "");
        Seen seen = seen(id, signature).orElseThrow(front.visit()::notFound);
        return front.visit()
                .page(FrontTemplates.testPayment(
                        front.named(Front.Part.CHECKOUT, front.text("pago_prueba_titulo")),
                        PaymentView.of(seen, false, front.words()),
                        signature));
    }

    @POST
    @Path("{id}/pagar")
    public Response pay(@PathParam("id") String id) {
        return tell(id, "pagado", true);
    }

    @POST
    @Path("{id}/rechazar")
    public Response refuse(@PathParam("id") String id) {
        return tell(id, "rechazado", false);
    }

    /** The payment, for its buyer and for everybody with the address that the provider made. */
    private Optional<Seen> seen(String id, String signature) {
        long payment = PathId.of(id, ErrorCode.PAYMENT_NOT_FOUND);
        if (provider.isEmpty()) {
            return Optional.empty();
        }
        Optional<Seen> seen = provider.get().isPageOf(payment, signature)
                ? purchases.look(payment)
                : purchases.look(front.userId(), payment);
        return seen.filter(found -> found.payment().provider().equals(TestProvider.NAME));
    }

    private Response tell(String id, String word, boolean paid) {
        String signature = front.visit().form().text(SIGNATURE);
        Optional<Seen> seen = seen(id, signature);
        if (seen.isEmpty()) {
            return front.visit().gone("/pedidos/");
        }
        long payment = seen.get().payment().id();
        byte[] body = Json.write(new EventJson(
                payment,
                word,
                paid ? seen.get().payment().amount().toPlainString() : null,
                UUID.randomUUID().toString()));
        Told told = events.hear(
                TestProvider.NAME,
                Map.of(TestProvider.SIGNATURE_HEADER, provider.orElseThrow().sign(body)),
                body);
        String here = TestProvider.PAGE + payment + "/?" + SIGNATURE + "=" + signature;
        if (!(told instanceof Told.Heard)) {
            return front.visit().goTo(here, Notice.problem(front.text("pago_prueba_no_oido")));
        }
        boolean own = front.user()
                .filter(user -> user == seen.get().payment().userId())
                .isPresent();
        return own
                ? front.visit().goTo(PaymentPages.at(payment) + "?vuelta=si")
                : front.visit().goTo(here, Notice.done(front.text("pago_prueba_oido")));
    }
}
