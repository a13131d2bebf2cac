package com.electroisla.admin.http;

import com.electroisla.admin.ImportView;
import com.electroisla.admin.Section;
import com.electroisla.audit.Actor;
import com.electroisla.database.DatabaseClock;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.pages.Form;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Page;
import com.electroisla.transfer.CatalogueTemplate;
import com.electroisla.transfer.LineProblem;
import com.electroisla.transfer.LoadAudit;
import com.electroisla.transfer.LoadCatalogue;
import com.electroisla.transfer.LoadOptions;
import com.electroisla.transfer.LoadOutcome;
import com.electroisla.transfer.LoadPreview;
import com.electroisla.transfer.SameName;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The import of the catalogue from a CSV or XLSX file: first a preview, then the change, by the rules of
 * {@code loaddata}. The preview page contains the file and the state of its products; the confirmation applies once,
 * and only to these.
 */
@RequestScoped
@RunOnVirtualThread
@Page
@AdminPage
@Path("/admin/productos/importar")
public class ImportPage {
    private static final Logger LOG = Logger.getLogger(ImportPage.class);
    private static final String PASTED = "texto pegado";
    private static final int SHOWN = 100;
    /** A user waits, and a connection on which nothing moves for a minute is closed. */
    private static final Duration RESTS = Duration.ofSeconds(20);
    /** Each import holds a file of some megabytes several times over. */
    private static final Semaphore ROOM = new Semaphore(2);

    private final Admin admin;
    private final LoadCatalogue load;
    private final DatabaseClock clock;

    @Inject
    ImportPage(RoutingContext context, LoadCatalogue load, DatabaseClock clock) {
        this.admin = Admin.of(context);
        this.load = load;
        this.clock = clock;
    }

    @GET
    public Response blank() {
        return page(200, ImportView.BLANK);
    }

    @GET
    @Path("plantilla.csv")
    public Response csvTemplate() {
        return template(CatalogueTemplate.csv(), Exports.CSV, "csv");
    }

    @GET
    @Path("plantilla.xlsx")
    public Response xlsxTemplate() {
        return template(CatalogueTemplate.xlsx(), Exports.XLSX, "xlsx");
    }

    private static Response template(byte[] bytes, String type, String extension) {
        return Response.ok(bytes)
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"plantilla." + extension + "\"")
                .build();
    }

    @POST
    public Response run() {
        if (!ROOM.tryAcquire()) {
            throw Problem.of(ErrorCode.BUSY)
                    .withHeader(HttpHeaders.RETRY_AFTER, "5")
                    .exception();
        }
        try {
            Form form = admin.visit().form();
            Optional<ImportedFile> file = ImportedFile.of(admin.visit(), form);
            if (file.isEmpty()) {
                return page(422, said(form, admin.text("importar_nada"), List.of(), 0));
            }
            return form.isTicked("aplicar") ? apply(form, file.get()) : preview(200, form, file.get(), "");
        } finally {
            ROOM.release();
        }
    }

    private Response preview(int status, Form form, ImportedFile file, String note) {
        LoadPreview preview = file.reading(path -> load.preview(path, options(form), SHOWN));
        if (!(preview.outcome() instanceof LoadOutcome.Loaded loaded)) {
            return page(422, refused(form, preview.outcome(), "importar_mal"));
        }
        String seen = Base64.getUrlEncoder().withoutPadding().encodeToString(preview.seen());
        Optional<String> packed = file.packed().filter(text -> seen.length() < 1024 * 1024);
        if (packed.isEmpty()) {
            return page(422, said(form, admin.text("importar_grande"), List.of(), 0));
        }
        long changed = preview.changes().stream()
                .map(LoadPreview.Change::id)
                .distinct()
                .count();
        return page(
                status,
                new ImportView(
                        "",
                        form.text("mismo_nombre"),
                        note,
                        List.of(),
                        0,
                        new ImportView.Ready(
                                file.name(),
                                packed.get(),
                                seen,
                                loaded.created(),
                                loaded.updated(),
                                loaded.unchanged(),
                                loaded.leaps().count(),
                                preview.leftOut(),
                                preview.changes(),
                                loaded.updated() - changed,
                                preview.created(),
                                loaded.created() - preview.created().size())));
    }

    private Response apply(Form form, ImportedFile file) {
        Beside beside = new Beside(admin.actor(), file.name().isEmpty() ? PASTED : file.name(), admin.once(form));
        Optional<byte[]> seen = seen(form);
        if (seen.isEmpty()) {
            return preview(409, form, file, admin.text("importar_cambio"));
        }
        LoadOutcome outcome =
                file.reading(path -> load.run(path, options(form).asSeen(seen.get()), (count, share) -> {}, beside));
        return switch (outcome) {
            case LoadOutcome.Loaded loaded
            when loaded.problemCount() == 0 ->
                admin.visit()
                        .goTo(
                                Section.PRODUCTS.href(),
                                Notice.done(admin.text("importado", loaded.created(), loaded.updated())));
            case LoadOutcome.Loaded loaded -> page(409, refused(form, loaded, "importado_en_parte"));
            case LoadOutcome.Refused refused -> page(422, refused(form, refused, "importar_mal"));
            case LoadOutcome.ChangedSince _ -> preview(409, form, file, admin.text("importar_cambio"));
            case LoadOutcome.DoneBefore _ ->
                admin.visit().goTo(Section.PRODUCTS.href(), java.util.Objects.requireNonNull(beside.before));
            case LoadOutcome.Stopped stopped -> {
                LOG.error("an import was broken off", stopped.cause());
                yield page(
                        503,
                        said(
                                form,
                                admin.text("importar_interrumpido", stopped.upToLine(), stopped.remaining()),
                                texts(stopped),
                                0));
            }
        };
    }

    private static Optional<byte[]> seen(Form form) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(form.raw("visto")));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static LoadOptions options(Form form) {
        return LoadOptions.strict(sameName(form)).restingAtMost(RESTS);
    }

    private static SameName sameName(Form form) {
        return switch (form.text("mismo_nombre")) {
            case "actualizar" -> SameName.UPDATE;
            case "crear" -> SameName.CREATE;
            default -> SameName.REFUSE;
        };
    }

    private ImportView refused(Form form, LoadOutcome outcome, String note) {
        return said(
                form,
                admin.text(note),
                texts(outcome),
                outcome.problemCount() - outcome.problems().size());
    }

    private static List<String> texts(LoadOutcome outcome) {
        return outcome.problems().stream().map(LineProblem::toString).toList();
    }

    private static ImportView said(Form form, String note, List<String> problems, long more) {
        return new ImportView(form.raw("contenido"), form.text("mismo_nombre"), note, problems, more, null);
    }

    private Response page(int status, ImportView view) {
        return admin.visit().page(status, AdminTemplates.importing(admin.frame(Section.PRODUCTS, "importar"), view));
    }

    /** Writes the form's one-time key beside the entry in the audit log, when the whole file is written. */
    private final class Beside extends LoadAudit {
        private final IdempotencyKey key;
        private Applied.@Nullable Before<Void> before;

        Beside(Actor actor, String file, IdempotencyKey key) {
            super(actor, file);
            this.key = key;
        }

        @Override
        public boolean wasDone(Handle handle) {
            before = Applied.<Void>before(handle, key).orElse(null);
            return before != null;
        }

        @Override
        public void done(Handle handle) {
            Applied.keep(handle, key, clock, "");
        }
    }
}
