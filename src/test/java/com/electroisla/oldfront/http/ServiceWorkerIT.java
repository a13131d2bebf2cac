package com.electroisla.oldfront.http;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.pages.BrowserTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ServiceWorkerIT extends BrowserTest {

    @Test
    void it_is_a_script_that_no_cache_keeps() {
        RestAssured.get("/sw.js")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/javascript"))
                .header("Cache-Control", equalTo("no-cache"));
        RestAssured.post("/sw.js").then().statusCode(405);
    }

    @Test
    void a_browser_that_has_it_loses_all_that_was_kept_and_the_worker_itself() {
        browser.open("/");
        run("""
                const kept = await caches.open('de-antes');
                await kept.put('/admin/', new Response('una página guardada'));
                await navigator.serviceWorker.register('/sw.js');""");
        browser.until(_ -> left().equals("0 0") ? Boolean.TRUE : null, "never left: " + left());
        browser.open("/");
        assertEquals("/", browser.at());
        assertEquals("0 0", left());
    }

    /** How many workers and how many caches there are. */
    private String left() {
        return run("""
                const workers = await navigator.serviceWorker.getRegistrations();
                const kept = await caches.keys();
                return workers.length + ' ' + kept.length;""");
    }

    private String run(String script) {
        return String.valueOf(browser.driver.executeScript("return (async () => {" + script + "})()"));
    }
}
