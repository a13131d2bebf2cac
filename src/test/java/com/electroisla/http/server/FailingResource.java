package com.electroisla.http.server;

import com.electroisla.database.Database;
import com.electroisla.http.Answer;
import com.electroisla.http.Json;
import com.electroisla.logs.LogContext;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Fails in every way that a resource can, for {@link ErrorsIT}. This class is part of the tests, not of the program.
 */
@Path("/api/prueba")
@RequestScoped
@RunOnVirtualThread
public class FailingResource {
    static final List<Integer> BODIES = new CopyOnWriteArrayList<>();

    private final Database database;

    FailingResource(Database database) {
        this.database = database;
    }

    record Thing(String nombre, Integer cantidad) {}

    @POST
    @Path("/eco")
    public Response echo(byte[] body, @HeaderParam("Content-Type") String contentType) {
        BODIES.add(body.length);
        return Responses.of(Answer.ok(Json.read(body, contentType, Thing.class)));
    }

    @POST
    @Path("/vacio")
    public Response empty(byte[] body) {
        return Responses.of(Answer.ok(Map.of("bytes", body.length)));
    }

    @GET
    @Path("/sql")
    public Response sql() {
        return database.read(handle -> Responses.of(Answer.ok(
                handle.createQuery("SELECT secreto FROM ninguna").mapToMap().list())));
    }

    /** The link to the database dies when all is written and only COMMIT is left. */
    @POST
    @Path("/commit")
    public Response commit() {
        return database.inTransaction(handle -> {
            int backend = handle.createQuery("SELECT pg_backend_pid()")
                    .mapTo(Integer.class)
                    .one();
            // On a thread of its own, because otherwise it would be given this very connection.
            CompletableFuture.runAsync(() ->
                            database.read(other -> other.createQuery("SELECT pg_terminate_backend(:backend, 5000)")
                                    .bind("backend", backend)
                                    .mapTo(Boolean.class)
                                    .one()))
                    .join();
            return Responses.of(Answer.noContent());
        });
    }

    @GET
    @Path("/error")
    public Response error() {
        throw new AssertionError("java.lang.Secreto");
    }

    @GET
    @Path("/quien")
    public Response who(@Context RoutingContext context) {
        LogContext.user(42);
        ClientInfo client = ClientInfo.of(context);
        return Responses.of(Answer.ok(Map.of(
                "direccion", client.address().getHostAddress(),
                "agente", client.userAgent(),
                "virtual", Thread.currentThread().isVirtual(),
                "peticion", String.valueOf(org.jboss.logging.MDC.get("requestId")))));
    }

    @POST
    @Path("/xml")
    @Consumes("application/xml")
    @Produces("application/xml")
    public String xml(String body) {
        return body;
    }
}
