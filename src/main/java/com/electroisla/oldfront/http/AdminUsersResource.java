package com.electroisla.oldfront.http;

import com.electroisla.accounts.ManageAccounts;
import com.electroisla.accounts.Role;
import com.electroisla.accounts.http.SignedIn;
import com.electroisla.admin.StaffPeople;
import com.electroisla.admin.StaffRight;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Json;
import com.electroisla.http.PageRequest;
import com.electroisla.http.PathId;
import com.electroisla.http.Problem;
import com.electroisla.http.SearchWords;
import com.electroisla.http.server.Responses;
import com.electroisla.settings.Settings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The accounts, with a part of their e-mail addresses; an admin changes their role and activity. */
@Path("/api/admin/users")
@SignedIn
@RequestScoped
@RunOnVirtualThread
public class AdminUsersResource {
    private static final String ROLE = "rol";

    private final StaffPeople people;
    private final ManageAccounts accounts;
    private final Settings settings;

    @Inject
    AdminUsersResource(StaffPeople people, ManageAccounts accounts, Settings settings) {
        this.people = people;
        this.accounts = accounts;
        this.settings = settings;
    }

    record ChangeJson(@Nullable String rol, @Nullable Boolean isActive) {}

    record PersonJson(
            int id,
            String username,
            @Nullable String emailParcial,
            String firstName,
            String lastName,
            boolean isActive,
            String rol,
            Instant fechaRegistro,
            @Nullable Instant ultimoAcceso) {
        static PersonJson of(StaffPeople.Person person) {
            return new PersonJson(
                    person.id(),
                    person.username(),
                    person.emailInPart(),
                    person.firstName(),
                    person.lastName(),
                    person.active(),
                    person.role(),
                    person.joinedAt(),
                    person.lastLogin());
        }
    }

    @GET
    public Response list(@Context RoutingContext context) {
        AdminCall call = AdminCall.of(context, StaffRight.SEE_PEOPLE_IN_PART);
        PageRequest page = call.page(settings.pageSize());
        String role = call.query().get(ROLE);
        var filter = new StaffPeople.Filter(
                SearchWords.of("search", call.query().get("search")),
                role == null ? null : AdminCall.role(ROLE, role),
                call.truth("activo"));
        return call.list(people.page(filter, page.size(), page.offset()), page, PersonJson::of);
    }

    @PATCH
    @Path("{id}")
    public Response change(@Context RoutingContext context, @PathParam("id") String id, byte[] body) {
        AdminCall call = AdminCall.of(context, StaffRight.CHANGE_PEOPLE);
        long person = PathId.of(id, ErrorCode.NOT_FOUND);
        ChangeJson wanted = Json.read(body, call.call().contentType(), ChangeJson.class);
        @Nullable Role role = wanted.rol() == null ? null : AdminCall.role(ROLE, wanted.rol());
        if (person > Integer.MAX_VALUE) {
            throw Problem.of(ErrorCode.NOT_FOUND).exception();
        }
        return answer((int) person, accounts.set((int) person, role, wanted.isActive(), call.actor()));
    }

    private Response answer(int person, ManageAccounts.Change change) {
        return switch (change) {
            case DONE, UNCHANGED ->
                people.find(person)
                        .map(found -> Responses.of(Answer.ok(PersonJson.of(found))))
                        .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND).exception());
            case NOT_FOUND -> throw Problem.of(ErrorCode.NOT_FOUND).exception();
            case LAST_ADMIN -> throw Problem.of(ErrorCode.LAST_ADMIN).exception();
            case PRIVILEGED, GUEST ->
                throw Problem.of(ErrorCode.ACCOUNT_PRIVILEGED).exception();
            case ONESELF -> throw Problem.of(ErrorCode.FORBIDDEN).exception();
            case CHANGED_MEANWHILE, APPLIED_BEFORE -> throw new IllegalStateException("no form: " + change);
        };
    }
}
