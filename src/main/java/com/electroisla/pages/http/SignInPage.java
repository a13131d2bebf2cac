package com.electroisla.pages.http;

import com.electroisla.accounts.Accounts;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** The page where buyers sign in. */
@RequestScoped
@RunOnVirtualThread
@Page
@Path("/entrar")
public class SignInPage {
    private final SignIn signIn;

    @Inject
    SignInPage(RoutingContext context, Accounts accounts) {
        this.signIn = SignIn.of(context, accounts);
    }

    @GET
    public Response form() {
        return signIn.form(SignIn.BUYERS);
    }

    @POST
    public Response signIn() {
        return signIn.signIn(SignIn.BUYERS, "/");
    }

    /** The second step, for buyers and staff. */
    @GET
    @Path("codigo")
    public Response codeForm() {
        return signIn.codeForm();
    }

    @POST
    @Path("codigo")
    public Response enterCode() {
        return signIn.enterCode();
    }
}
