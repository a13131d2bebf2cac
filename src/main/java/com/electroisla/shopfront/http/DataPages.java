package com.electroisla.shopfront.http;

import com.electroisla.accounts.Visitor;
import com.electroisla.cart.Carts;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import com.electroisla.http.server.Replies;
import com.electroisla.limits.LimitResult.Exceeded;
import com.electroisla.pages.Form;
import com.electroisla.pages.http.Page;
import com.electroisla.shopfront.AccountView;
import com.electroisla.shopfront.DeleteAccount;
import com.electroisla.shopfront.DeleteAccount.Deleted;
import com.electroisla.shopfront.GuestBuyers;
import com.electroisla.shopfront.OwnData;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** The data of one's own account: the file with all of it, and its deletion. */
@RequestScoped
@RunOnVirtualThread
@Page
@Path("/cuenta/datos")
public class DataPages {
    private static final String HERE = "/cuenta/datos/";

    private final Front front;
    private final OwnData data;
    private final DeleteAccount deletion;

    @Inject
    DataPages(RoutingContext context, Carts carts, GuestBuyers guests, OwnData data, DeleteAccount deletion) {
        this.front = Front.of(context, carts, guests, HERE);
        this.data = data;
        this.deletion = deletion;
    }

    @GET
    public Response show() {
        front.who();
        return page(200, "");
    }

    @GET
    @Path("mis-datos.json")
    public Response file() {
        Visitor who = front.who();
        String all = data.of(who.userId()).orElseThrow(front.visit()::notFound);
        return Response.ok(all, "application/json; charset=utf-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"mis-datos.json\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @POST
    @Path("borrar")
    public Response delete() {
        Visitor who = front.who();
        Form form = front.visit().form();
        // The account is gone after the first time; the key only tells a page of ours.
        front.onceWithout(form, "password");
        String password = form.raw("password");
        if (password.isEmpty()) {
            return page(400, front.text("faltan_datos"));
        }
        Deleted deleted = deletion.delete(
                who, password, front.visit().language().locale(), front.visit().client());
        return switch (deleted) {
            case Deleted.Done _ -> front.visit().leave("/");
            case Deleted.WrongPassword _ -> page(400, front.text("clave_actual_mal"));
            case Deleted.PaymentOpen _ -> page(409, front.message(Problem.of(ErrorCode.PAYMENT_UNDER_WAY)));
            case Deleted.OrderOpen(long order) -> page(409, front.text("borrar_con_pedido", Long.toString(order)));
            case Deleted.Staff _ -> page(409, front.text("borrar_personal"));
            case Deleted.TooMany(Exceeded limit) -> page(429, front.message(Replies.problem(limit)));
            case Deleted.Busy _ -> page(503, front.message(Problem.of(ErrorCode.BUSY)));
        };
    }

    private Response page(int status, String problem) {
        return front.visit()
                .page(
                        status,
                        FrontTemplates.data(
                                front.frame(Front.Part.ACCOUNT, "mis_datos"), new AccountView.Form(problem)));
    }
}
