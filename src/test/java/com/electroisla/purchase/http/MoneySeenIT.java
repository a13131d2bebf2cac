package com.electroisla.purchase.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.pages.http.PersonTest;
import com.electroisla.payment.MoneyTable;
import com.electroisla.settings.Setting;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of money in the docs: each end of a payment, as the buyer, a program, the staff and the figures see it. */
@QuarkusTest
class MoneySeenIT extends PersonTest {
    private static final Duration WINDOW = Duration.ofMinutes(35);
    private static final String SUM = "199.98";
    private static final String OTHER_SUM = "199.97";

    private static final Pattern STATE = Pattern.compile("<span class=\"sello [a-z]*\"[^>]*>([^<]+)</span>");
    private static final Pattern SENTENCE = Pattern.compile("<p (?:id=\"dice\"|class=\"devuelve\")>([^<]+)</p>");
    private static final Pattern ITEM = Pattern.compile(
            "<li><strong>(?:<a [^>]*>)?[^<]*(?:</a>)?</strong> <span class=\"sello\">([^<]+)</span> ([^·]+) ·");
    private static final String REFUNDS_BELOW = "Dinero que se debe devolver";

    @Override
    protected Map<Setting, String> flags() {
        return Map.of(Setting.PAYMENTS, "prueba", Setting.TEST_EVENT_SECRET, TestEvents.SECRET);
    }

    /** A payment for the two last units of a product. */
    private final class Trial {
        private final TestEvents events = new TestEvents(TestEvents.SECRET);
        private final long product = given.product("Lámpara", "99.99", 2);
        private final int buyer = given.buyerWith(product, 2);
        private final long payment;

        Trial() {
            as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
            payment = as(buyer)
                    .body(PAYMENT)
                    .post("/api/pagos/")
                    .then()
                    .statusCode(201)
                    .extract()
                    .jsonPath()
                    .getLong("id");
        }

        void charged(String amount, String charge) {
            events.paid(payment, amount, charge + "-" + payment).then().statusCode(200);
        }

        void refused() {
            events.refused(payment).then().statusCode(200);
        }

        void lapses() {
            clock.advance(WINDOW);
            shop.expireReservations().run();
        }

        void anotherTakesTheUnits() {
            fixture.checkout(given.buyerWith(product, 2));
        }

        void cancels() {
            as(buyer).post("/api/pagos/" + payment + "/cancelar/").then().statusCode(200);
        }

        void staffGivesBack() {
            String refund =
                    "/admin/reembolsos/" + given.number("SELECT id FROM reembolsos WHERE pago_id = ?", payment) + "/";
            Person admin = signedIn(given.person("admin"));
            assertEquals(
                    303, admin.fills(refund, refund + "proveedor/", Map.of()).statusCode());
        }

        /** The row of the docs. */
        String seen(String course) {
            return "| %s | %s | %s | %s | %s |".formatted(course, api(), buyerPage(), staffPage(), figures());
        }

        private String api() {
            JsonPath json = as(buyer)
                    .get("/api/pagos/" + payment + "/")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            List<Map<String, String>> refunds = json.getList("reembolsos");
            return Stream.concat(
                            Stream.of("`" + json.getString("estado") + "`"),
                            refunds.stream().map(each -> "`" + each.get("motivo") + "`: `" + each.get("estado") + "`"))
                    .collect(Collectors.joining(", "));
        }

        private String buyerPage() {
            String page = signedIn(buyer)
                    .asks()
                    .get("/pagos/" + payment + "/")
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString();
            return Stream.concat(
                            Stream.of("**" + first(STATE, page) + "**"),
                            SENTENCE.matcher(page).results().map(found -> found.group(1)))
                    .collect(Collectors.joining(" "));
        }

        private String staffPage() {
            Person worker = signedIn(given.person("trabajador"));
            String href = "/admin/pagos/" + payment + "/";
            String page =
                    worker.asks().get(href).then().statusCode(200).extract().asString();
            String state = first(STATE, page);
            String list = worker.asks().get("/admin/pagos/").asString();
            assertEquals(state, first(STATE, list.substring(list.indexOf(href))), "the list");
            int refundsAt = page.contains(REFUNDS_BELOW) ? page.indexOf(REFUNDS_BELOW) : page.length();
            List<String> words = new ArrayList<>(List.of("**" + state + "**"));
            ITEM.matcher(page.substring(0, refundsAt)).results().forEach(charge -> words.add(charge.group(1)));
            ITEM.matcher(page.substring(refundsAt))
                    .results()
                    .forEach(refund -> words.add(refund.group(2) + " (" + refund.group(1) + ")"));
            assertEquals(
                    given.number("SELECT count(*) FROM reembolsos WHERE pago_id = ?", payment),
                    refundsListed(worker),
                    "the list of refunds");
            return String.join("; ", words);
        }

        private long refundsListed(Person worker) {
            String list = worker.asks().get("/admin/reembolsos/").asString();
            return given.texts("SELECT id FROM reembolsos WHERE pago_id = ?", payment).stream()
                    .filter(id -> list.contains("href=\"/admin/reembolsos/" + id + "/\""))
                    .count();
        }

        private String figures() {
            return given.figures(product);
        }
    }

    private static String first(Pattern pattern, String page) {
        return pattern.matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(page));
    }

    private static Map<String, Consumer<Trial>> courses() {
        Map<String, Consumer<Trial>> moneyThatComes = new LinkedHashMap<>();
        moneyThatComes.put("on time", trial -> trial.charged(SUM, "uno"));
        moneyThatComes.put("late, the units are there", trial -> {
            trial.lapses();
            trial.charged(SUM, "uno");
        });
        moneyThatComes.put("late, the units are gone", trial -> {
            trial.lapses();
            trial.anotherTakesTheUnits();
            trial.charged(SUM, "uno");
        });
        moneyThatComes.put("another sum", trial -> trial.charged(OTHER_SUM, "uno"));
        moneyThatComes.put("after the buyer cancelled", trial -> {
            trial.cancels();
            trial.charged(SUM, "uno");
        });
        Map<String, Consumer<Trial>> all = new LinkedHashMap<>();
        all.put("not yet", _ -> {});
        all.put("refused", Trial::refused);
        all.put("never", Trial::lapses);
        all.put("never, and the buyer cancelled", Trial::cancels);
        moneyThatComes.forEach((name, course) -> {
            all.put(name, course.andThen(trial -> trial.charged(name.equals("another sum") ? OTHER_SUM : SUM, "uno")));
            all.put(name + ", charged twice", course.andThen(trial -> trial.charged(SUM, "dos")));
        });
        all.put("another sum, given back", moneyThatComes.get("another sum").andThen(Trial::staffGivesBack));
        return all;
    }

    @Test
    void everybody_sees_of_each_end_of_a_payment_what_the_table_of_money_says() {
        List<String> seen = new ArrayList<>();
        courses().forEach((name, course) -> {
            Trial trial = new Trial();
            course.accept(trial);
            seen.add(trial.seen(name));
        });
        assertEquals(String.join("\n", MoneyTable.lines()), String.join("\n", seen));
        assertTrue(given.differences().isEmpty());
    }
}
