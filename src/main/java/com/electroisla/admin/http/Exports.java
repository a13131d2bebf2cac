package com.electroisla.admin.http;

import com.electroisla.Shop;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.Handle;

/**
 * The files that are being sent: so many at once as there are connections for them ({@link Shop#exports}), which are nobody
 * else's; who comes then is told to come back.
 */
@Singleton
final class Exports {
    static final String CSV = "text/csv; charset=utf-8";
    static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final Semaphore room = new Semaphore(Shop.EXPORT_CONNECTIONS);
    private volatile Patience patience = Patience.USUAL;

    /**
     * How long a reader may take.
     *
     * @param whole for all of it: so long a snapshot may be kept from the vacuum
     * @param look how often it is looked at whether something went out since
     * @param looks without anything after which the reader has lost it
     */
    record Patience(Duration whole, Duration look, int looks) {
        static final Patience USUAL = new Patience(Duration.ofMinutes(5), Duration.ofSeconds(10), 3);
    }

    /** Writes the file; the handle is in a transaction. */
    interface Content {
        void write(OutputStream out, Handle handle) throws IOException;
    }

    /** For those that begin from now on. */
    void setPatience(Patience patience) {
        this.patience = patience;
    }

    /** @throws com.electroisla.http.ProblemException 503 when there are as many as there may be */
    Response answer(RoutingContext context, Shop shop, String type, String fileName, Content content) {
        if (!room.tryAcquire()) {
            throw Problem.of(ErrorCode.BUSY).withHeader(HttpHeaders.RETRY_AFTER, "15").exception();
        }
        Export export = new Export(context, patience, room::release);
        StreamingOutput body = out -> export.run(shop.exports(), out, content);
        return Response.ok(body)
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"")
                .build();
    }
}
