package com.electroisla.shopfront.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.SecondFactors;
import com.electroisla.accounts.SecondFactors.Outcome;
import com.electroisla.accounts.SecondFactors.State;
import com.electroisla.accounts.Visitor;
import com.electroisla.cart.Carts;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import com.electroisla.http.server.Replies;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.limits.LimitResult.Exceeded;
import com.electroisla.pages.Form;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Page;
import com.electroisla.shopfront.GuestBuyers;
import com.electroisla.shopfront.QrCode;
import com.electroisla.shopfront.SecondFactorView;
import com.electroisla.shopfront.SecondFactorView.Setup;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The second factor of one's own account. A key that is offered is kept nowhere: the form brings it back, signed, and
 * it is stored when the phone has shown that it has it.
 */
@RequestScoped
@RunOnVirtualThread
@Page
@Path("/cuenta/segundo-factor")
public class SecondFactorPages {
    private static final String HERE = "/cuenta/segundo-factor/";
    private static final String SHOP = "Electro Isla";
    private static final String KEY = "clave de segundo factor ";

    private final Front front;
    private final SecondFactors factors;

    @Inject
    SecondFactorPages(RoutingContext context, Carts carts, GuestBuyers guests, Accounts accounts) {
        this.front = Front.of(context, carts, guests, HERE);
        this.factors = accounts.secondFactors();
    }

    @GET
    public Response show() {
        front.who();
        return page(200, SecondFactors.newKey(), "");
    }

    @POST
    public Response turnOn() {
        Visitor who = front.who();
        Form form = front.visit().form();
        IdempotencyKey once = front.onceWithout(form, "password", "codigo", "secreto");
        String key = front.visit()
                .readSigned(form.text("secreto"))
                .filter(signed -> signed.startsWith(KEY))
                .map(signed -> signed.substring(KEY.length()))
                .orElse("");
        if (key.isEmpty()) {
            return page(400, SecondFactors.newKey(), front.text("factor_otra_vez"));
        }
        String password = form.raw("password");
        String code = form.text("codigo");
        if (password.isEmpty() || code.isEmpty()) {
            return page(400, key, front.text("faltan_datos"));
        }
        Outcome outcome = factors.turnOn(
                who,
                password,
                key,
                code,
                front.visit().language().locale(),
                front.visit().client(),
                once);
        return told(outcome, key, "factor_activado");
    }

    @POST
    @Path("quitar")
    public Response turnOff() {
        Visitor who = front.who();
        Form form = front.visit().form();
        IdempotencyKey once = front.onceWithout(form, "password", "codigo");
        if (form.raw("password").isEmpty() || form.text("codigo").isEmpty()) {
            return page(400, SecondFactors.newKey(), front.text("faltan_datos"));
        }
        Outcome outcome = factors.turnOff(
                who,
                form.raw("password"),
                form.text("codigo"),
                front.visit().language().locale(),
                front.visit().client(),
                once);
        return told(outcome, SecondFactors.newKey(), "factor_quitado");
    }

    @POST
    @Path("codigos")
    public Response renewCodes() {
        Visitor who = front.who();
        Form form = front.visit().form();
        IdempotencyKey once = front.onceWithout(form, "password", "codigo");
        if (form.raw("password").isEmpty() || form.text("codigo").isEmpty()) {
            return page(400, SecondFactors.newKey(), front.text("faltan_datos"));
        }
        Outcome outcome = factors.renewCodes(
                who, form.raw("password"), form.text("codigo"), front.visit().client(), once);
        return told(outcome, SecondFactors.newKey(), "factor_codigos_nuevos");
    }

    private Response told(Outcome outcome, String key, String done) {
        return switch (outcome) {
            case Outcome.Done(List<String> codes) ->
                codes.isEmpty()
                        ? front.visit().goTo(AccountPages.HERE, Notice.done(front.text(done)))
                        : page(200, key, codes, "");
            case Outcome.AppliedBefore _ -> front.visit().goTo(HERE, new Applied.Before<>(true, ""));
            case Outcome.Unchanged _ -> front.visit().gone(HERE);
            case Outcome.WrongPassword _ -> page(400, key, front.text("clave_actual_mal"));
            case Outcome.WrongCode _ -> page(400, key, front.message(Problem.of(ErrorCode.SECOND_FACTOR_WRONG)));
            case Outcome.Required _ -> page(409, key, front.text("factor_exigido"));
            case Outcome.TooMany(Exceeded limit) -> page(429, key, front.message(Replies.problem(limit)));
            case Outcome.Busy _ -> page(503, key, front.message(Problem.of(ErrorCode.BUSY)));
        };
    }

    private Response page(int status, String key, String problem) {
        return page(status, key, List.of(), problem);
    }

    private Response page(int status, String key, List<String> codes, String problem) {
        Visitor who = front.who();
        State state = factors.of(who);
        Setup setup = state.on() ? Setup.NONE : setup(who, key);
        return front.visit()
                .page(
                        status,
                        FrontTemplates.secondFactor(
                                front.frame(Front.Part.ACCOUNT, "segundo_factor"),
                                new SecondFactorView(state, setup, codes, problem)));
    }

    private Setup setup(Visitor who, String key) {
        String shop = escaped(SHOP);
        String link = "otpauth://totp/" + shop + ":" + escaped(who.username()) + "?secret=" + key + "&issuer=" + shop
                + "&algorithm=SHA1&digits=6&period=30";
        return new Setup(
                key.replaceAll("(.{4})(?=.)", "$1 "), link, front.visit().sign(KEY + key), QrCode.of(link));
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
