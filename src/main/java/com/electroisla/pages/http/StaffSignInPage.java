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

/** The page where the staff signs in. */
@RequestScoped
@RunOnVirtualThread
@Page
@Path("/admin/login")
public class StaffSignInPage {
    private final SignIn signIn;

    @Inject
    StaffSignInPage(RoutingContext context, Accounts accounts) {
        this.signIn = SignIn.of(context, accounts);
    }

    @GET
    public Response form() {
        return signIn.form(SignIn.STAFF);
    }

    @POST
    public Response signIn() {
        return signIn.signIn(SignIn.STAFF, "/admin/");
    }
}
