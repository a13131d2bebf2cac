package com.electroisla.admin.http;

import com.electroisla.admin.ExportConnections;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
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
 * The files that are being sent: as many at once as there are connections for them ({@link ExportConnections}), which
 * no other work uses; a further request is told to come back.
 */
@Singleton
final class Exports {
    static final String CSV = "text/csv; charset=utf-8";
    static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final Instance<ExportConnections> connections;
    private final Semaphore room = new Semaphore(ExportConnections.MOST);
    private volatile Patience patience = Patience.USUAL;

    Exports(Instance<ExportConnections> connections) {
        this.connections = connections;
    }

    /**
     * The time limits of a client.
     *
     * @param whole for all of it, because the snapshot holds back the vacuum for so long
     * @param look the time between two checks whether bytes were sent
     * @param looks after so many checks without any, the export ends
     */
    record Patience(Duration whole, Duration look, int looks) {
        static final Patience USUAL = new Patience(Duration.ofMinutes(5), Duration.ofSeconds(10), 3);
    }

    /** Writes the file; the handle is in a transaction. */
    interface Content {
        void write(OutputStream out, Handle handle) throws IOException;
    }

    /** Sets the limits of exports that begin from now on. */
    void setPatience(Patience patience) {
        this.patience = patience;
    }

    /** @throws com.electroisla.http.ProblemException 503 when too many exports are running */
    Response answer(RoutingContext context, String type, String fileName, Content content) {
        if (!room.tryAcquire()) {
            throw Problem.of(ErrorCode.BUSY)
                    .withHeader(HttpHeaders.RETRY_AFTER, "15")
                    .exception();
        }
        Export export = new Export(context, patience, room::release);
        ExportConnections now = connections.get();
        StreamingOutput body = out -> export.run(now.database(), out, content);
        return Response.ok(body)
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"")
                .build();
    }
}
