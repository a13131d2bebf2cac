package com.electroisla.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.deque.html.axecore.selenium.AxeBuilder;
import com.electroisla.docs.Debian;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A headless Chromium, started once for all tests of a run, from the system's own packages: nothing is downloaded. If
 * it is missing, it is installed on a Debian where we may; otherwise the test fails and says what to install.
 */
public final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration FIRST_STEP = Duration.ofMillis(20);
    private static final int MOST_STEPS = 10;
    private static final List<String> CHROMIUMS =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final List<String> DRIVERS =
            List.of("/usr/bin/chromedriver", "/usr/lib/chromium-browser/chromedriver", "/usr/local/bin/chromedriver");
    private static final String MISSING =
            "Las pruebas de las páginas necesitan Chromium y chromedriver: apt-get install chromium chromium-driver";

    /** Deque's own script, run directly: its Java library opens a window for each check, which takes seconds. */
    private static final String AXE = read("/axe.min.js");

    private static Browser shared;

    public final ChromeDriver driver;
    private URI site = URI.create("http://127.0.0.1:0");

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** The one browser of this run, without cookies. */
    static synchronized Browser at(URI site) {
        if (shared == null) {
            shared = start(List.of());
        }
        shared.site = site;
        shared.forget();
        shared.desktop();
        shared.colours("light");
        return shared;
    }

    /** A browser of its own, with these further arguments for Chromium; the caller closes it. */
    public static Browser alone(URI site, String... arguments) {
        Browser browser = start(List.of(arguments));
        browser.site = site;
        browser.desktop();
        return browser;
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static Browser start(List<String> arguments) {
        if (installed(CHROMIUMS).isEmpty() || installed(DRIVERS).isEmpty()) {
            install();
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(installed(CHROMIUMS).orElseThrow(() -> new AssertionError(MISSING)));
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--hide-scrollbars",
                "--force-color-profile=srgb",
                "--disable-background-networking",
                "--no-first-run",
                "--lang=es");
        options.addArguments(arguments);
        options.setExperimentalOption("prefs", Map.of("intl.accept_languages", "es"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of(installed(DRIVERS).orElseThrow(() -> new AssertionError(MISSING)))
                        .toFile())
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        Runtime.getRuntime().addShutdownHook(new Thread(driver::quit));
        return new Browser(driver);
    }

    private static java.util.Optional<String> installed(List<String> places) {
        return places.stream()
                .filter(place -> Files.isExecutable(Path.of(place)))
                .findFirst();
    }

    private static void install() {
        if (!Files.isExecutable(Path.of("/usr/bin/apt-get")) || !Files.isWritable(Path.of("/usr/bin"))) {
            fail(MISSING);
        }
        Debian.Ended ended = Debian.install("chromium", "chromium-driver");
        if (ended.code() != 0) {
            fail(MISSING + "\n" + ended.text());
        }
    }

    /** Ends the browser's session. */
    public void forget() {
        driver.manage().deleteAllCookies();
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    }

    /** Forgets the chosen language, so that the browser's own counts. */
    public void speakSpanish() {
        driver.manage().deleteCookieNamed("idioma");
    }

    void cookie(String name, String value) {
        driver.executeCdpCommand(
                "Network.setCookie", Map.of("name", name, "value", value, "url", site.toString(), "httpOnly", true));
    }

    public void desktop() {
        size(1280, 900, false);
    }

    /** Resizes to 360 by 740, as on a small phone. */
    public void phone() {
        size(360, 740, true);
    }

    private void size(int width, int height, boolean mobile) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
    }

    public void colours(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    public void open(String path) {
        driver.get(site.resolve(path).toString());
    }

    /** The path of the page, with its query. */
    public String at() {
        URI here = URI.create(driver.getCurrentUrl());
        return here.getRawQuery() == null ? here.getPath() : here.getPath() + "?" + here.getRawQuery();
    }

    public WebElement find(String css) {
        return until(
                found -> found.findElements(By.cssSelector(css)).stream()
                        .findFirst()
                        .orElse(null),
                "no " + css);
    }

    /** The visible text of each of these elements. */
    @SuppressWarnings("unchecked")
    public List<String> texts(String css) {
        return (List<String>) driver.executeScript(
                "return [...document.querySelectorAll(arguments[0])].map(ea"
                        + "ch => each.innerText.trim().replace(/\\t/g, ' '))",
                css);
    }

    public boolean has(String css) {
        return !driver.findElements(By.cssSelector(css)).isEmpty();
    }

    /** The visible text of the page. */
    public String text() {
        return (String) driver.executeScript("return document.body ? document.body.innerText : ''");
    }

    public void fill(String name, String value) {
        WebElement field = find("main [name='" + name + "']:not([type=hidden])");
        String before = field.getDomProperty("value");
        field.sendKeys(
                before == null || before.isEmpty()
                        ? value
                        : Keys.chord(Keys.CONTROL, "a") + (value.isEmpty() ? Keys.DELETE : value));
    }

    /** Replaces the text of a field, and leaves it. */
    public void typeOver(String css, String value) {
        find(css).sendKeys(Keys.chord(Keys.CONTROL, "a") + value + Keys.TAB);
    }

    public void choose(String name, String value) {
        new org.openqa.selenium.support.ui.Select(find("main select[name='" + name + "']")).selectByValue(value);
    }

    /** Clicks, and waits for the next page. */
    public void submit(String css) {
        WebElement before = driver.findElement(By.tagName("html"));
        find(css).click();
        until(_ -> stale(before) ? Boolean.TRUE : null, "no page followed " + css);
        until(
                now -> "complete".equals(((JavascriptExecutor) now).executeScript("return document.readyState"))
                        ? Boolean.TRUE
                        : null,
                "never complete");
    }

    private static boolean stale(WebElement element) {
        try {
            element.isEnabled();
            return false;
        } catch (org.openqa.selenium.WebDriverException gone) {
            return true;
        }
    }

    public void click(String css) {
        find(css).click();
    }

    /** Waits until the page contains this text. */
    public void see(String text) {
        until(_ -> text().contains(text) ? Boolean.TRUE : null, "never said " + text);
    }

    /** Looks again in longer and longer steps: each look is work for the browser, which has a page to make. */
    public <T> T until(ExpectedCondition<T> condition, String otherwise) {
        WebDriverWait wait = new WebDriverWait(driver, PATIENCE, FIRST_STEP);
        wait.ignoring(org.openqa.selenium.StaleElementReferenceException.class)
                .withMessage(() -> otherwise + "\nat " + driver.getCurrentUrl() + "\n" + text());
        AtomicInteger looks = new AtomicInteger(1);
        return wait.until(now -> {
            wait.pollingEvery(FIRST_STEP.multipliedBy(Math.min(looks.getAndIncrement(), MOST_STEPS)));
            return condition.apply(now);
        });
    }

    public void signIn(String page, String username, String password) {
        open(page);
        fill("username", username);
        fill("password", password);
        submit("main button[type=submit]");
    }

    /**
     * Asserts that axe-core finds nothing serious or critical on the present page, in light and in dark. Rules without
     * colours run once.
     */
    public void assertAccessible() {
        assertSeriousInLight();
        colours("dark");
        try {
            assertNone("dark", "'color-contrast', 'link-in-text-block'");
        } finally {
            colours("light");
        }
    }

    /** {@link #assertAccessible} and {@link #assertFitsPhone} in fewer steps: the phone is a dark one. */
    public void assertUsableByAll() {
        assertSeriousInLight();
        colours("dark");
        phone();
        try {
            assertWithinReach();
            assertNone("dark, 360 px", "'color-contrast', 'link-in-text-block', 'target-size'");
        } finally {
            desktop();
            colours("light");
        }
    }

    private void assertSeriousInLight() {
        loadAxe();
        assertEquals(List.of(), serious("{}"), () -> "light " + driver.getCurrentUrl());
    }

    private void assertNone(String when, String rules) {
        loadAxe();
        assertEquals(
                List.of(),
                serious("{runOnly: {type: 'rule', values: [" + rules + "]}}"),
                () -> when + " " + driver.getCurrentUrl());
    }

    private Object serious(String options) {
        return driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                // The rows of a list are alike: the first ones are looked at, the others would take seconds.
                axe.run({include: [document], exclude: ['tbody tr:nth-child(n+8)', '.estante > :nth-child(n+8)']}, \
                Object.assign({resultTypes: ['violations'], preload: false}, %s)).then(found => done(found.violations
                    .filter(rule => ['serious', 'critical'].includes(rule.impact))
                    .map(rule => rule.id + ': ' + rule.nodes.slice(0, 5).map(node => node.html + ' ' + \
                node.failureSummary).join('; '))),
                    failure => done(['axe: ' + failure]));
                """.formatted(options));
    }

    /**
     * Asserts that the present page, made narrow, is no wider than a phone, and that all controls can be reached and
     * are large enough for a thumb.
     */
    public void assertFitsPhone() {
        phone();
        try {
            assertWithinReach();
            assertNone("360 px", "'target-size'");
        } finally {
            desktop();
        }
    }

    private void assertWithinReach() {
        picture(Path.of("target/capturas"), "360" + at().replaceAll("[^a-z0-9]+", "-"));
        assertEquals(
                List.of(), driver.executeScript("""
                const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > \
                361 && !e.closest('.tabla'));
                const lost = [...document.querySelectorAll('a, button, input, select, textarea, summary')].filter(e => {
                    const box = e.getBoundingClientRect();
                    return e.checkVisibility() && !e.matches('.salta') && !e.closest('.tabla') && (box.left < -1 || \
                box.right > 361);
                });
                const width = document.documentElement.scrollWidth;
                const scrolls = width > 360 ? ['scrolls to ' + width, ...wide] : [];
                return [...new Set([...scrolls, ...lost])].slice(0, 8).map(e => e.outerHTML ? e.outerHTML.slice(0, \
                160) : e);
                """), () -> "out of reach of a phone at " + driver.getCurrentUrl());
    }

    private void loadAxe() {
        if (!Boolean.TRUE.equals(driver.executeScript("return typeof axe !== 'undefined'"))) {
            driver.executeScript(AXE);
        }
    }

    /**
     * The language of the page, and then its pieces of text: the visible ones, and the names that only screen readers
     * use.
     */
    public List<String> pieces() {
        return pieces("document");
    }

    /** The pieces of another page, which is fetched and not opened. */
    public List<String> pieces(URI address) {
        return pieces("new DOMParser().parseFromString(await (await fetch('" + address + "')).text(), 'text/html')");
    }

    @SuppressWarnings("unchecked")
    private List<String> pieces(String page) {
        return (List<String>) driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                (async () => {
                    const page = %s;
                    const found = [page.title.split(' · ')[0]];
                    const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
                    while (walker.nextNode()) {
                        found.push(walker.currentNode.textContent.trim());
                    }
                    page.querySelectorAll('[aria-label], [placeholder], [data-que], [data-confirma]').forEach(e =>
                        found.push(...['aria-label', 'placeholder', 'data-que', 'data-confirma'].map(name => \
                e.getAttribute(name) || '')));
                    return [page.documentElement.lang, ...found.filter(each => each)];
                })().then(done, failure => done(['' + failure]));
                """.formatted(page));
    }

    /** The server's answer: status and content type, such as {@code 200 text/html}. */
    public String answer() {
        return String.valueOf(driver.executeScript("return performance.getEntriesByType('navigation')[0].responseS"
                + "tatus + ' ' + document.contentType"));
    }

    /** Writes a screenshot of the page to {@code docs/images/NAME.png}, when {@code -Dcapturas=true}. */
    public void screenshot(String name) {
        picture(Path.of("docs/images"), name);
    }

    private static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(AxeBuilder.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private void picture(Path folder, String name) {
        if (!Boolean.getBoolean("capturas")) {
            return;
        }
        try {
            Files.createDirectories(folder);
            // A countdown begins again with its element, so that two runs give the same picture.
            driver.executeScript("""
                    document.querySelectorAll('[data-segundos]').forEach(e => {
                        const anew = e.cloneNode(true);
                        anew.textContent = `${Math.floor(e.dataset.segundos / 60)}:${String(e.dataset.segundos % \
                    60).padStart(2, '0')}`;
                        e.replaceWith(anew);
                    });
                    window.scrollTo(0, 0);
                    if (document.activeElement) document.activeElement.blur()""");
            Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    /** The browser's console messages, such as a violation of the Content-Security-Policy. */
    public List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .map(Object::toString)
                .filter(line -> Stream.of("status of 4", "favicon").noneMatch(line::contains))
                .toList();
    }
}
