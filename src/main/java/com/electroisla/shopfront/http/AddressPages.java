package com.electroisla.shopfront.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.Addresses;
import com.electroisla.accounts.Addresses.Address;
import com.electroisla.accounts.Addresses.Saved;
import com.electroisla.accounts.Addresses.Typed;
import com.electroisla.cart.Carts;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PathId;
import com.electroisla.idempotency.Applied;
import com.electroisla.pages.Form;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Page;
import com.electroisla.shopfront.AddressesView;
import com.electroisla.shopfront.GuestBuyers;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** The addresses that a buyer keeps. */
@RequestScoped
@RunOnVirtualThread
@Page
@Path("/cuenta/direcciones")
public class AddressPages {
    private static final String HERE = "/cuenta/direcciones/";

    private final Front front;
    private final Addresses addresses;

    @Inject
    AddressPages(RoutingContext context, Carts carts, GuestBuyers guests, Accounts accounts) {
        this.front = Front.of(context, carts, guests, HERE);
        this.addresses = accounts.addresses();
    }

    @GET
    public Response list() {
        return page(200, AddressesView.of(addresses.of(front.who().userId())));
    }

    @POST
    public Response add() {
        int user = front.who().userId();
        Form form = front.visit().form();
        Typed typed = typed(form);
        boolean main = form.isTicked("principal");
        return told(addresses.add(user, typed, main, front.once(form)), user, 0, typed, main);
    }

    @GET
    @Path("{id}")
    public Response one(@PathParam("id") String id) {
        int user = front.who().userId();
        Address found = addresses.find(user, PathId.of(id, ErrorCode.NOT_FOUND)).orElseThrow(front.visit()::notFound);
        return page(
                200,
                new AddressesView(
                        addresses.of(user),
                        found.id(),
                        new Typed(found.name(), found.address(), found.phone()),
                        found.main(),
                        ""));
    }

    @POST
    @Path("{id}")
    public Response edit(@PathParam("id") String id) {
        int user = front.who().userId();
        long address = PathId.of(id, ErrorCode.NOT_FOUND);
        Form form = front.visit().form();
        Typed typed = typed(form);
        boolean main = form.isTicked("principal");
        return told(addresses.edit(user, address, typed, main, front.once(form)), user, address, typed, main);
    }

    @POST
    @Path("{id}/borrar")
    public Response delete(@PathParam("id") String id) {
        int user = front.who().userId();
        long address = PathId.of(id, ErrorCode.NOT_FOUND);
        Saved saved = addresses.delete(user, address, front.once(front.visit().form()));
        return saved == Saved.DONE
                ? front.visit().goTo(HERE, Notice.done(front.text("direccion_borrada")))
                : told(saved, user, 0, new Typed("", "", ""), false);
    }

    private static Typed typed(Form form) {
        return new Typed(form.text("nombre"), form.text("direccion_entrega"), form.text("telefono"));
    }

    private Response told(Saved saved, int user, long edited, Typed typed, boolean main) {
        return switch (saved) {
            case DONE -> front.visit().goTo(HERE, Notice.done(front.text("direccion_guardada")));
            case APPLIED_BEFORE -> front.visit().goTo(HERE, new Applied.Before<>(true, ""));
            case NOT_FOUND -> front.visit().gone(HERE);
            case INCOMPLETE ->
                page(
                        400,
                        new AddressesView(addresses.of(user), edited, typed, main, front.text("direccion_incompleta")));
            case FULL ->
                page(
                        409,
                        new AddressesView(
                                addresses.of(user),
                                edited,
                                typed,
                                main,
                                front.text("direcciones_llenas", Addresses.MOST)));
        };
    }

    private Response page(int status, AddressesView view) {
        return front.visit()
                .page(status, FrontTemplates.addresses(front.frame(Front.Part.ACCOUNT, "mis_direcciones"), view));
    }
}
