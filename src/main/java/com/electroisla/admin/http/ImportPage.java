package com.electroisla.admin.http;

import com.electroisla.admin.ImportView;
import com.electroisla.admin.Section;
import com.electroisla.audit.AuditSql;
import com.electroisla.audit.Entry;
import com.electroisla.pages.Form;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Page;
import com.electroisla.transfer.LineProblem;
import com.electroisla.transfer.LoadCatalogue;
import com.electroisla.transfer.LoadOutcome;
import com.electroisla.transfer.LoadPreview;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** The catalogue as CSV: first what it would change, then the change. The same rules as {@code loaddata}. */
@RequestScoped
@RunOnVirtualThread
@Page
@AdminPage
@Path("/admin/productos/importar")
public class ImportPage {
    private static final int CHANGES = 100;

    private final Admin admin;
    private final LoadCatalogue load;

    @Inject
    ImportPage(RoutingContext context) {
        this.admin = Admin.of(context);
        this.load = new LoadCatalogue(admin.visit().shop().database(), admin.visit().shop().clock());
    }

    private interface Reading<T> {
        T read(java.nio.file.Path file) throws IOException;
    }

    @GET
    public Response blank() {
        return page(200, ImportView.BLANK);
    }

    @POST
    public Response run() {
        Form form = admin.visit().form();
        String content = form.raw("contenido");
        return form.isTicked("aplicar") ? apply(content) : preview(content);
    }

    private Response preview(String content) {
        LoadPreview preview = reading(content, file -> load.preview(file, CHANGES));
        return switch (preview.outcome()) {
            case LoadOutcome.Refused refused -> page(422, refused(content, refused));
            case LoadOutcome.Loaded loaded -> page(200, new ImportView(content, List.of(), 0, true, loaded.created(), loaded.updated(), loaded.unchanged(),
                    preview.changes().stream().map(ImportPage::change).toList()));
        };
    }

    private Response apply(String content) {
        LoadOutcome outcome = reading(content, file -> load.run(file, false, (count, share) -> {}, (handle, loaded) -> AuditSql.write(handle, admin.actor(),
                new Entry("importar", "producto", 0, "CSV", Map.of("despues", Map.of("nuevos", loaded.created(), "cambiados", loaded.updated()))),
                admin.visit().shop().clock().now(handle))));
        return switch (outcome) {
            case LoadOutcome.Refused refused -> page(422, refused(content, refused));
            case LoadOutcome.Loaded loaded -> admin.visit().goTo(Section.PRODUCTS.href(), Notice.done(admin.text("importado", loaded.created(), loaded.updated())));
        };
    }

    private static ImportView refused(String content, LoadOutcome.Refused refused) {
        return new ImportView(content, refused.problems().stream().map(LineProblem::toString).toList(),
                refused.problemCount() - refused.problems().size(), false, 0, 0, 0, List.of());
    }

    private static ImportView.Change change(LoadPreview.Change change) {
        return new ImportView.Change(change.id(), change.product(), change.field(), change.before(), change.after());
    }

    /** The loader reads files: the text is one for as long as that takes. */
    private static <T> T reading(String content, Reading<T> reading) {
        try {
            java.nio.file.Path file = Files.createTempFile("catalogo", ".csv");
            try {
                Files.writeString(file, content);
                return reading.read(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Response page(int status, ImportView view) {
        return admin.visit().page(status, Templates.importing(admin.frame(Section.PRODUCTS, "importar"), view));
    }
}
