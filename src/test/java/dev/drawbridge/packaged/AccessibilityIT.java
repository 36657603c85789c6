package dev.drawbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our pages and forms in each of their states, on a desk and on a phone: axe finds nothing critical or serious in them. */
class AccessibilityIT {
    private static final Path SCREENSHOTS = Path.of(System.getProperty("drawbridge.screenshots", "target/screenshots"));
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> GRAVE = Set.of("critical", "serious");
    private static final String TASKLIST = "/camunda/app/tasklist/default/";

    private static Chromium chromium;
    private static RunningJar drawbridge;

    private final List<BrowserContext> open = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
        drawbridge = RunningJar.start();
        String later = Instant.now().plusSeconds(7_200).toString();
        ask("engineer", "app-logs-read", "PT45M", "");
        ask("engineer", "orders-write", "PT90M", "");
        ask("engineer", "app-logs-read", "PT30M", ",\"startsAt\":\"" + later + "\"");
        ask("engineer2", "app-logs-read", "PT1H", "");
        act(
                ask("engineer", "orders-read", "PT3H", ""),
                "manager",
                "decision",
                "{\"decision\":\"reject\",\"comment\":\"Take the masked copy\"}");
        act(
                ask("engineer", "orders-admin", "PT1H", ""),
                "security",
                "revocation",
                "{\"reason\":\"Not while the import runs\"}");
        drawbridge.call(
                "manager",
                "POST",
                "/api/v1/deputies",
                "{\"deputy\":\"manager2\",\"from\":\"" + later + "\",\"until\":\""
                        + Instant.now().plusSeconds(86_400 * 3) + "\"}");
    }

    @AfterAll
    static void stop() throws Exception {
        if (drawbridge != null) {
            drawbridge.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void leave() {
        open.forEach(BrowserContext::close);
    }

    @Test
    void letsEverybodyReadTheStartPageInWhicheverStateItIs() {
        for (String who : List.of("engineer", "contractor", "manager", "owner", "security", "auditor", "operator")) {
            Page page = signIn(who);
            look(page, "start-" + who);
        }
    }

    @Test
    void letsEverybodySignInAlsoWhereItFailed() {
        Page page = page();
        page.navigate(drawbridge.url("/sign-in"));
        look(page, "sign-in");
        page.locator("#username").fill("engineer");
        page.locator("#password").fill("wrong");
        page.locator("button[type=submit]").click();
        // The answer takes as long as it takes.
        page.locator(".notice.warn").waitFor();
        look(page, "sign-in-failed");
    }

    @Test
    void letsOperatorsReadAndUseWhatFailsAndWhatIsToEnd() throws Exception {
        Page page = signIn("operator");
        superuser("alter role drawbridge_connector nologin");
        superuser("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'drawbridge_connector'");
        try {
            String stuck = JSON.readTree(drawbridge.call("operator", "GET", "/api/v1/open-access", ""))
                    .path("access")
                    .findValuesAsText("requestId")
                    .get(0);
            act(stuck, "security", "revocation", "{\"reason\":\"Odd queries at night\"}");
            await(() -> JSON.readTree(drawbridge.call("operator", "GET", "/api/v1/open-access", ""))
                            .path("failing")
                            .asInt()
                    == 1);
            page.navigate(drawbridge.url("/operations"));
            assertThat(page.locator("tr.why td").boundingBox().width)
                    .as("the failing line spans the table")
                    .isGreaterThan(page.locator("#access").boundingBox().width - 4);
            look(page, "operations-failing");
            page.locator("details.ask summary").first().click();
            look(page, "operations-revoke");
        } finally {
            superuser("alter role drawbridge_connector login");
        }
        page.navigate(drawbridge.url("/operations/revocations?requester=engineer"));
        look(page, "revoke-all");
        page.navigate(drawbridge.url("/operations/revocations?requester=nobody"));
        look(page, "revoke-nothing");
        Page auditor = signIn("auditor");
        look(goTo(auditor, "/operations"), "operations-auditor");
        look(goTo(auditor, "/record"), "record-auditor");
        look(goTo(auditor, "/record/who-has-access-now"), "record-now");
        look(goTo(auditor, "/requests/" + ask("engineer2", "orders-write", "PT1H", "")), "request-auditor");
    }

    @Test
    void letsAdministratorsRecordWhoLeadsWhom() {
        Page page = goTo(signIn("administrator"), "/people");
        look(page, "people");
        look(goTo(page, "/people/person?id=contractor"), "person");
        page.locator("input[name=manager]").last().fill("nobody-there");
        page.locator("button:has-text('Save')").click();
        page.locator(".notice.warn").waitFor();
        look(page, "person-refused");
        look(goTo(page, "/people/person?id=administrator"), "person-own");
    }

    @Test
    void letsEverybodyReadWhatWentWrongTheGuidesAndTheirClock() {
        Page page = signIn("engineer");
        for (String path : List.of("/no-such-page", "/operations", "/requests/not-an-id/task", "/guides", "/clock")) {
            look(goTo(page, path), "page" + path.replace('/', '-'));
        }
    }

    @Test
    void hearsOfARequestWithoutAReloadAndKeepsWhatIsTyped() throws Exception {
        Page page = signIn("manager2");
        page.locator("input[name=deputy]").fill("half a na");
        drawbridge.call(
                "manager",
                "POST",
                "/api/v1/access-requests/" + ask("engineer2", "orders-write", "PT1H", "") + "/hand-over",
                "{\"to\":\"manager2\"}");

        page.locator("#waiting tr[data-line]").first().waitFor();
        assertThat(page.locator("#news").textContent()).contains("Emil Engineer asks for Orders, change data.");
        assertThat(page.locator("input[name=deputy]").inputValue()).isEqualTo("half a na");
    }

    /** The forms in Tasklist, each within its own container: what is around them is the engine's. */
    @Test
    void letsPeopleUseTheFormsInTasklist() {
        Page engineer = signIn("engineer");
        engineer.navigate(drawbridge.url(TASKLIST + "#/?processStart=access-request"));
        lookAtForm(engineer, ".db", "form-request");
        engineer.navigate(drawbridge.url(TASKLIST));
        engineer.locator(".tasks-list").getByText("Use access").first().click();
        lookAtForm(engineer, "#db-use", "form-use");
        Page manager = signIn("manager");
        manager.navigate(drawbridge.url(TASKLIST));
        manager.locator(".tasks-list").getByText("Approve access").first().click();
        lookAtForm(manager, "#db-approve", "form-approve");
    }

    private void lookAtForm(Page page, String form, String name) {
        page.locator(form).waitFor();
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
        withoutGraveFaults(new AxeBuilder(page).include(form).analyze(), name);
    }

    /** On a desk, then on a phone, where nothing is to be pushed sideways. */
    private static void look(Page page, String name) {
        for (int width : new int[] {1366, 390}) {
            page.setViewportSize(width, width == 390 ? 844 : 900);
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(SCREENSHOTS.resolve(name + "-" + width + ".png")));
            withoutGraveFaults(new AxeBuilder(page).analyze(), name + " at " + width);
            assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                    .as(name + " at " + width)
                    .isLessThanOrEqualTo(width);
        }
        page.setViewportSize(1366, 900);
    }

    private static void withoutGraveFaults(AxeResults results, String where) {
        assertThat(results.getViolations())
                .as(where)
                .filteredOn(fault -> GRAVE.contains(fault.getImpact()))
                .extracting(
                        fault -> fault.getId() + ": " + fault.getNodes().get(0).getHtml())
                .isEmpty();
    }

    private Page page() {
        BrowserContext context =
                chromium.browser().newContext(new Browser.NewContextOptions().setViewportSize(1366, 900));
        open.add(context);
        Page page = context.newPage();
        page.setDefaultTimeout(30_000);
        return page;
    }

    private Page signIn(String who) {
        Page page = page();
        page.navigate(drawbridge.url("/sign-in"));
        page.locator("#username").fill(who);
        page.locator("#password").fill(who);
        page.locator("button[type=submit]").click();
        page.locator("#abilities").waitFor();
        return page;
    }

    private static Page goTo(Page page, String path) {
        page.navigate(drawbridge.url(path));
        return page;
    }

    private static String ask(String who, String entitlement, String duration, String more) throws Exception {
        JsonNode request = JSON.readTree(drawbridge.call(
                who,
                "POST",
                "/api/v1/access-requests",
                "{\"entitlement\":\"" + entitlement + "\",\"duration\":\"" + duration
                        + "\",\"justification\":\"Find out why the checkout was slow on Monday\",\"ticket\":\"OPS-1234\""
                        + more + "}"));
        return request.path("id").asText();
    }

    private static void act(String id, String who, String what, String body) throws Exception {
        drawbridge.call(who, "POST", "/api/v1/access-requests/" + id + "/" + what, body);
    }

    private static void superuser(String sql) throws Exception {
        try (Connection superuser = DriverManager.getConnection(
                        drawbridge.jdbcUrl("orders"), "postgres", drawbridge.superuserPassword());
                var statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    /** The engine's workers and the sweeper take their time. */
    private static void await(Condition condition) throws Exception {
        boolean holds = condition.holds();
        for (int tries = 0; !holds && tries < 300; tries++) {
            if (new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("not reached");
            }
            holds = condition.holds();
        }
        assertThat(holds).isTrue();
    }
}
