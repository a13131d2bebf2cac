package com.electroisla.oldfront.http;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The service worker that removes the old front end's. Where that front end was served under this host name before,
 * its worker would show its kept page instead of ours; browsers look for a newer worker at this very address.
 */
@Path("/sw.js")
@RequestScoped
public class ServiceWorkerResource {
    private static final byte[] SCRIPT = read();

    @GET
    public Response script() {
        return Response.ok(SCRIPT, "text/javascript; charset=utf-8")
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build();
    }

    private static byte[] read() {
        try (InputStream in = ServiceWorkerResource.class.getResourceAsStream("sw.js")) {
            if (in == null) {
                throw new IllegalStateException("no resource sw.js");
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
