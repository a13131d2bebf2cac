package com.electroisla.pages.http;

import com.electroisla.accounts.Accounts;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** The page where everybody signs out. */
@RequestScoped
@RunOnVirtualThread
@Page
@Path("/salir")
public class SignOutPage {
    private final SignIn signIn;

    @Inject
    SignOutPage(RoutingContext context, Accounts accounts) {
        this.signIn = SignIn.of(context, accounts);
    }

    @POST
    public Response signOut() {
        return signIn.signOut();
    }
}
