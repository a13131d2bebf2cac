package com.electroisla.admin.http;

import com.electroisla.admin.PicturesView;
import com.electroisla.admin.ProductSheet;
import com.electroisla.admin.Section;
import com.electroisla.catalog.ProductRules;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PathId;
import com.electroisla.http.server.Uploads;
import com.electroisla.idempotency.Applied;
import com.electroisla.pages.Form;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Page;
import com.electroisla.picture.ArrangeOutcome;
import com.electroisla.picture.Arrangement;
import com.electroisla.picture.Arrangement.Step;
import com.electroisla.picture.MadePicture;
import com.electroisla.picture.MakePicture;
import com.electroisla.picture.Making;
import com.electroisla.picture.ProductPictures;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pictures of one product, which its page shows: added, put in order, described, taken away and brought back, all
 * by one address. A browser with htmx gets the part of the page as it is then, any other is led back to the page.
 */
@RequestScoped
@RunOnVirtualThread
@Page
@AdminPage
@Path("/admin/productos/{id}/fotos")
public class PicturesPage {
    private static final String LIST = "/admin/productos/";
    private static final int MEGABYTE = 1024 * 1024;
    private static final int SHOWN_OF_NAME = 60;
    private static final int LONGEST_MESSAGE = 500;
    private static final Pattern STEP = Pattern.compile("(antes|despues|quita|vuelve)-([0-9]{1,18})");

    private final Admin admin;
    private final ProductSheet sheet;
    private final ProductPictures pictures;

    @Inject
    PicturesPage(RoutingContext context, ProductSheet sheet, ProductPictures pictures) {
        this.admin = Admin.of(context);
        this.sheet = sheet;
        this.pictures = pictures;
    }

    /** Files that were chosen, as far as pictures could be made of them. */
    private record Chosen(List<MadePicture> made, List<String> problems) {}

    @POST
    public Response change(@PathParam("id") String id) {
        long product = PathId.of(id, ErrorCode.NOT_FOUND);
        if (sheet.pictures(product).isEmpty()) {
            return admin.visit().gone(LIST);
        }
        Form form = admin.visit().form();
        return form.isTicked("visto") || form.isTicked("paso") ? arrange(product, form) : add(product, form);
    }

    private Response add(long product, Form form) {
        List<Uploads.Sent> files = admin.visit().files("fotos");
        if (files.isEmpty()) {
            return answer(422, product, admin.text("fotos_ninguna"));
        }
        if (files.size() > PicturesForm.MOST_FILES) {
            return answer(422, product, admin.text("fotos_de_una_vez", PicturesForm.MOST_FILES));
        }
        Chosen chosen = made(files);
        String problems = String.join(" ", chosen.problems());
        if (chosen.made().isEmpty()) {
            return answer(422, product, problems);
        }
        String contents = chosen.made().stream().map(MadePicture::path).toList().toString();
        var applied = pictures.add(
                product, chosen.made(), admin.actor(), admin.visit().onceWithFiles(admin.who(), form, contents));
        return switch (applied) {
            case Applied.Now<ArrangeOutcome>(ArrangeOutcome.Done(int added)) ->
                answer(
                        problems.isEmpty() ? 200 : 422,
                        product,
                        Stream.of(admin.text("fotos_subidas", added), problems)
                                .filter(text -> !text.isEmpty())
                                .reduce((one, other) -> one + " " + other)
                                .orElse(""));
            case Applied.Now<ArrangeOutcome>(ArrangeOutcome refused) -> refused(product, refused);
            case Applied.Before<ArrangeOutcome> before -> before(product, before);
        };
    }

    private Chosen made(List<Uploads.Sent> files) {
        List<MadePicture> made = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Uploads.Sent sent : files) {
            String name = shortened(sent.name());
            switch (MakePicture.of(sent.file())) {
                case Making.Made(MadePicture picture) -> made.add(picture);
                case Making.NoPicture _ -> problems.add(admin.text("foto_no_es", name));
                case Making.TooLarge _ ->
                    problems.add(admin.text("foto_pesa", name, MakePicture.LARGEST_BYTES / MEGABYTE));
                case Making.TooManyPixels _ -> problems.add(admin.text("foto_pixeles", name));
                case Making.Busy _ -> problems.add(admin.text("foto_ocupado", name));
            }
        }
        return new Chosen(made, problems);
    }

    /** A file's name as its sender wrote it, for a message: on one line, and not long. */
    private static String shortened(String name) {
        String plain =
                name.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "").strip();
        return plain.codePointCount(0, plain.length()) <= SHOWN_OF_NAME
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, SHOWN_OF_NAME)) + "…";
    }

    private Response arrange(long product, Form form) {
        List<Long> seen = ids(form.text("visto").split(","));
        Map<Long, Arrangement.Text> texts = new HashMap<>();
        for (long id : seen) {
            if (!form.all("texto_" + id).isEmpty()) {
                String text = ProductRules.clean(form.raw("texto_" + id));
                if (text.codePointCount(0, text.length()) > ProductPictures.LONGEST_TEXT
                        || text.codePoints().anyMatch(Character::isISOControl)) {
                    return answer(422, product, admin.text("foto_texto_largo", ProductPictures.LONGEST_TEXT));
                }
                texts.put(id, new Arrangement.Text(form.raw("era_" + id), text));
            }
        }
        List<Long> order = ids(form.all("orden").toArray(String[]::new));
        var wish = new Arrangement(seen, order.isEmpty() ? seen : order, texts, step(form.text("paso")));
        return switch (pictures.arrange(product, wish, admin.actor(), admin.once(form))) {
            case Applied.Now<ArrangeOutcome>(ArrangeOutcome.Done _) ->
                answer(200, product, admin.text("fotos_guardadas"));
            case Applied.Now<ArrangeOutcome>(ArrangeOutcome refused) -> refused(product, refused);
            case Applied.Before<ArrangeOutcome> before -> before(product, before);
        };
    }

    private static List<Long> ids(String... texts) {
        return Stream.of(texts)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .toList();
    }

    private static Step step(String text) {
        Matcher step = STEP.matcher(text);
        if (!step.matches()) {
            return new Step.None();
        }
        long id = Long.parseLong(step.group(2));
        return switch (step.group(1)) {
            case "antes" -> new Step.Earlier(id);
            case "despues" -> new Step.Later(id);
            case "quita" -> new Step.TakeOut(id);
            default -> new Step.BringBack(id);
        };
    }

    private Response refused(long product, ArrangeOutcome outcome) {
        return switch (outcome) {
            case ArrangeOutcome.NotFound _ -> admin.visit().gone(LIST);
            case ArrangeOutcome.ChangedMeanwhile _ -> answer(409, product, admin.text("fotos_cambiaron"));
            case ArrangeOutcome.TooMany _ -> answer(409, product, admin.text("fotos_de_mas", ProductPictures.MOST));
            case ArrangeOutcome.Done _ -> throw new IllegalArgumentException("no refusal");
        };
    }

    private Response before(long product, Applied.Before<ArrangeOutcome> before) {
        return answer(
                before.same() ? 200 : 409, product, admin.text(before.same() ? "ya_aplicado" : "ya_aplicado_otro"));
    }

    /** A message that fits into a cookie. */
    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_MESSAGE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_MESSAGE)) + "…";
    }

    private Response answer(int status, long product, String text) {
        boolean refused = status != 200;
        if (!admin.visit().isPart()) {
            return admin.visit()
                    .goTo(LIST + product + "/#fotos", refused ? Notice.problem(cut(text)) : Notice.done(cut(text)));
        }
        Optional<PicturesView> view = sheet.pictures(product);
        if (view.isEmpty()) {
            return admin.visit().gone(LIST);
        }
        PicturesView now = view.get().saying(text, refused);
        Response part =
                admin.visit().page(status, AdminTemplates.productPictures(admin.frame(Section.PRODUCTS, "fotos"), now));
        // The address of a form is no page to come back to.
        return Response.fromResponse(part).header("HX-Push-Url", "false").build();
    }
}
