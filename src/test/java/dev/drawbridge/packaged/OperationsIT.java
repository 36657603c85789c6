package dev.drawbridge.packaged;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What operators see and end in a browser, and how a requester gets more time, with the packaged product. */
class OperationsIT {
    private static final Path SCREENSHOTS = Path.of(System.getProperty("drawbridge.screenshots", "target/screenshots"));
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Chromium chromium;
    private static RunningJar drawbridge;

    private final List<BrowserContext> open = new ArrayList<>();

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        drawbridge = RunningJar.start();
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
    void leave() throws Exception {
        open.forEach(BrowserContext::close);
        for (String entitlement : List.of("app-logs-read", "orders-read")) {
            drawbridge.call(
                    "security",
                    "POST",
                    "/api/v1/revocations",
                    "{\"entitlement\":\"" + entitlement + "\",\"reason\":\"The test is over\"}");
        }
        await("everything is over", () -> openAccess().path("open").asInt() == 0);
    }

    @Test
    void operatorRevokesWhatAnEngineerHoldsAndItsSessionIsCut() throws Exception {
        String id = ask("engineer", "app-logs-read", "PT30M");
        JsonNode credential = call("engineer", "POST", "/api/v1/access-requests/" + id + "/credentials", "");
        String login = credential.path("username").asText();
        try (Connection session = DriverManager.getConnection(
                drawbridge.jdbcUrl("orders"), login, credential.path("password").asText())) {
            Page page = signIn("operator");
            page.locator("a.card").getByText("Open access").click();
            Locator line = line(page, id);
            assertThat(line).containsText("Erin Engineer");
            assertThat(line).containsText("Application logs");
            assertThat(line).containsText(login);

            revoke(line, "The laptop was stolen");

            assertThat(page.getByRole(AriaRole.STATUS)).containsText("The access ends now");
            await("the login " + login + " is gone", () -> loginIsGone(login));
            assertThatThrownBy(() -> session.createStatement().execute("select 1"))
                    .isInstanceOf(SQLException.class);
            page.getByText("Refresh").click();
            assertThat(line).hasCount(0);
            assertThat(page.locator("main")).containsText("Nobody has access to anything at this moment");
        }
        assertThat(drawbridge.call("auditor", "GET", "/api/v1/access-requests/" + id + "/trail", ""))
                .contains("Otto Operator (operator) revoked it", "The laptop was stolen");
    }

    @Test
    void whatATargetFailsToEndComesFirstWithWhatItAnswered() throws Exception {
        ask("contractor", "app-logs-read", "PT30M");
        ask("engineer2", "app-logs-read", "PT1H");
        String stuck = ask("engineer", "app-logs-read", "PT45M");
        String orders = submit("engineer", "orders-read", "PT2H");
        drawbridge.call(
                "manager", "POST", "/api/v1/access-requests/" + orders + "/decision", "{\"decision\":\"approve\"}");
        awaitActive("engineer", orders);
        Page page = signIn("operator");
        superuser("alter role drawbridge_connector nologin");
        superuser("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'drawbridge_connector'");
        try {
            page.navigate(drawbridge.url("/operations"));
            assertThat(page.locator("tr[data-request]")).hasCount(4);
            revoke(line(page, stuck), "Odd queries at night");
            await(
                    "it is late, and has failed more than once",
                    () -> openAccess().path("overdue").asInt() == 1
                            && openAccess().at("/access/0/failures").asInt() > 1);
            page.navigate(drawbridge.url("/operations"));

            assertThat(page.locator("#overdue")).hasText("1");
            assertThat(page.locator("#failing")).hasText("1");
            assertThat(page.locator("tr[data-request]").first()).hasAttribute("data-request", stuck);
            assertThat(page.locator("tr[data-request]").first()).containsText("being ended");
            assertThat(page.locator("tr[data-request]").first()).containsText("1 min");
            assertThat(line(page, stuck).getByText("Revoke now")).hasCount(0);
            assertThat(page.locator("tr.why")).containsText("The target 'orders' cannot be reached");
            assertThat(page.locator("tr.troubled[data-request]")).hasCount(1);
            page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("operations.png")));
        } finally {
            superuser("alter role drawbridge_connector login");
        }
        await(
                "it is gone once the target is back",
                () -> openAccess().path("open").asInt() == 3);
        page.getByText("Refresh").click();
        assertThat(page.locator("#failing")).hasText("0");
        assertThat(page.locator("tr.troubled")).hasCount(0);
    }

    @Test
    void securitySeesWhatWouldEndBeforeRevokingEverythingOfAPerson() throws Exception {
        ask("engineer", "app-logs-read", "PT30M");
        String others = ask("engineer2", "app-logs-read", "PT30M");
        Page page = signIn("security");
        page.navigate(drawbridge.url("/operations"));

        page.locator("#all-of-person input").fill("engineer");
        page.locator("#all-of-person button").click();
        assertThat(page.locator("h1")).hasText("Revoke everything of Erin Engineer?");
        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(page.locator("tbody")).containsText("Application logs");
        assertThat(openAccess().path("open").asInt())
                .as("nothing has happened yet")
                .isEqualTo(2);
        page.locator("#reason").fill("She has left");
        page.getByText("Revoke everything", new Page.GetByTextOptions().setExact(true))
                .click();

        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Everything of Erin Engineer ends now: 1 access.");
        await("one is left", () -> openAccess().path("open").asInt() == 1);
        page.getByText("Refresh").click();
        assertThat(page.locator("tr[data-request]")).hasCount(1);
        assertThat(line(page, others)).isVisible();
    }

    @Test
    void securityRevokesEverybodysAccessToOneThingAndIsToldWhereNothingFits() throws Exception {
        ask("engineer", "app-logs-read", "PT30M");
        ask("engineer2", "app-logs-read", "PT30M");
        Page page = signIn("security");
        page.navigate(drawbridge.url("/operations"));

        page.locator("#all-of-entitlement input").fill("app-logs");
        page.locator("#all-of-entitlement button").click();
        assertThat(page.locator("main")).containsText("Nothing is open for app-logs");
        page.getByText("Back to open access").click();
        page.locator("#all-of-entitlement input").fill("app-logs-read");
        page.locator("#all-of-entitlement button").click();
        assertThat(page.locator("tbody tr")).hasCount(2);
        page.locator("#reason").fill("A password is in the logs");
        page.getByText("Revoke everything", new Page.GetByTextOptions().setExact(true))
                .click();

        assertThat(page.getByRole(AriaRole.STATUS)).containsText("2 accesses");
        await("nothing is left", () -> openAccess().path("open").asInt() == 0);
    }

    @Test
    void auditorsLookAndChangeNothingAndOthersDoNotLook() throws Exception {
        String id = ask("engineer", "app-logs-read", "PT30M");

        Page auditor = signIn("auditor");
        auditor.locator("a.card").getByText("Open access").click();
        assertThat(line(auditor, id)).containsText("Erin Engineer");
        // What finds something changes nothing.
        assertThat(auditor.locator("main form:not(#find)")).hasCount(0);
        assertThat(auditor.navigate(drawbridge.url("/operations/revocations?requester=engineer"))
                        .status())
                .isEqualTo(403);

        Page engineer = signIn("engineer");
        assertThat(engineer.locator("a.card").getByText("Open access")).hasCount(0);
        Response refused = engineer.navigate(drawbridge.url("/operations"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(engineer.locator("h1")).hasText("You may not do this");
        assertThat(engineer.locator("body")).not().containsText("drawbridge_");
    }

    @Test
    void engineerGetsMoreTimeFromTheFormAndTheCountdownFollows() throws Exception {
        Page page = signIn("engineer");
        String id = ask("engineer", "app-logs-read", "PT5M");
        page.navigate(drawbridge.url("/camunda/app/tasklist/default/"));
        Locator task = page.locator(".tasks-list").getByText("Use access: Application logs");
        task.click();
        assertThat(page.locator("#db-clock")).hasText(Pattern.compile("0[0-5]:[0-5][0-9]"));
        page.locator("#db-reveal").click();
        assertThat(page.locator("#db-command")).isVisible();

        page.locator("#db-more").getByText("15 min").click();
        page.locator("#db-why").fill("The search takes longer than I thought");
        assertThat(page.locator("#db-preview")).containsText("Will be granted automatically");
        photographUse(page);
        page.locator("#db-why").press("Enter");
        page.locator("#db-extend").click();

        assertThat(page.locator("#db-preview")).containsText("Granted: lasts until");
        assertThat(page.locator("#db-clock")).hasText(Pattern.compile("(1[5-9]|20):[0-5][0-9]"));
        assertThat(page.locator("#db-command")).isVisible();
        assertThat(secondsLeftOnTheTarget(id)).isBetween(900, 1_200);
        assertThat(task).isVisible();
    }

    @Test
    void engineerSeesInTheOpenFormThatTheAccessWasEndedAndWhy() throws Exception {
        Page page = signIn("engineer");
        String id = ask("engineer", "app-logs-read", "PT30M");
        page.navigate(drawbridge.url("/camunda/app/tasklist/default/"));
        page.locator(".tasks-list").getByText("Use access: Application logs").click();
        page.locator("#db-reveal").click();
        assertThat(page.locator("#db-command")).isVisible();

        drawbridge.call(
                "operator",
                "POST",
                "/api/v1/access-requests/" + id + "/revocation",
                "{\"reason\":\"The laptop was stolen\"}");

        assertThat(page.locator("#db-use"))
                .containsText("The laptop was stolen", new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
        assertThat(page.locator("#db-clock")).hasText("over");
        assertThat(page.locator("#db-command")).hasCount(0);
    }

    @Test
    void engineerSeesWhomMoreTimeWaitsForAndWhatTheySaid() throws Exception {
        Page page = signIn("engineer2");
        String id = ask("engineer2", "app-logs-read", "PT30M");
        page.navigate(drawbridge.url("/camunda/app/tasklist/default/"));
        page.locator(".tasks-list").getByText("Use access: Application logs").click();

        page.locator("#db-extend").click();
        assertThat(page.locator("#db-why-wrong")).containsText("Say why you need it for longer");
        page.locator("#db-more").getByText("2 hours").click();
        page.locator("#db-why").fill("The import is slow");
        assertThat(page.locator("#db-preview")).containsText("Needs approval: Mara Manager");
        page.locator("#db-extend").click();
        assertThat(page.locator("#db-preview")).containsText("More time waits for approval by Mara Manager");
        assertThat(page.locator("#db-extend")).hasCount(0);

        page.reload();
        assertThat(page.locator("#db-preview")).containsText("More time waits for approval by Mara Manager");
        drawbridge.call(
                "manager",
                "POST",
                "/api/v1/access-requests/"
                        + call("engineer2", "GET", "/api/v1/access-requests/" + id, "")
                                .at("/extensions/0")
                                .asText() + "/decision",
                "{\"decision\":\"reject\",\"comment\":\"Half an hour is enough\"}");

        assertThat(page.locator("#db-preview"))
                .containsText("Half an hour is enough", new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
        assertThat(page.locator("#db-extend")).isVisible();
        assertThat(page.locator("#db-clock")).hasText(Pattern.compile("(29|30):[0-5][0-9]"));
    }

    /** No credential, dead or alive, belongs into a picture. */
    private static void photographUse(Page page) {
        Locator button = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Hand back access"));
        assertThat(button.boundingBox().y + button.boundingBox().height)
                .as("everything on one screen")
                .isLessThanOrEqualTo(768);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve("extend-access.png"))
                .setMask(List.of(
                        page.locator(".secret code").nth(0),
                        page.locator(".secret code").nth(2)))
                .setMaskColor("#dfe8e6"));
    }

    private Page signIn(String who) {
        BrowserContext context =
                chromium.browser().newContext(new Browser.NewContextOptions().setViewportSize(1366, 768));
        open.add(context);
        Page page = context.newPage();
        page.setDefaultTimeout(30_000);
        page.navigate(drawbridge.url("/"));
        page.locator("#username").fill(who);
        page.locator("#password").fill(who);
        page.locator("button[type=submit]").click();
        assertThat(page.locator("h1")).containsText("Hello");
        return page;
    }

    private static Locator line(Page page, String id) {
        return page.locator("[data-request='" + id + "']");
    }

    private static void revoke(Locator line, String reason) {
        line.getByText("Revoke now").click();
        line.locator("input[name=reason]").fill(reason);
        line.locator("button").click();
    }

    /** Asks, and waits until the access is there. */
    private static String ask(String who, String entitlement, String duration) throws Exception {
        String id = submit(who, entitlement, duration);
        awaitActive(who, id);
        return id;
    }

    private static String submit(String who, String entitlement, String duration) throws Exception {
        return call(
                        who,
                        "POST",
                        "/api/v1/access-requests",
                        "{\"entitlement\":\"" + entitlement + "\",\"duration\":\"" + duration
                                + "\",\"justification\":\"Find out why the checkout was slow\"}")
                .path("id")
                .asText();
    }

    private static void awaitActive(String who, String id) throws Exception {
        await(
                "request " + id + " is active",
                () -> call(who, "GET", "/api/v1/access-requests/" + id, "")
                        .path("state")
                        .asText()
                        .equals("ACTIVE"));
    }

    private static JsonNode openAccess() throws Exception {
        return call("operator", "GET", "/api/v1/open-access", "");
    }

    private static JsonNode call(String who, String method, String path, String body) throws Exception {
        return JSON.readTree(drawbridge.call(who, method, path, body));
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    /** The engine's workers and the sweeper take their time; a target that comes back is tried again within a minute. */
    private static void await(String what, Condition condition) throws Exception {
        boolean holds = condition.holds();
        for (int tries = 0; tries < 450 && !holds; tries++) {
            if (new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("not reached");
            }
            holds = condition.holds();
        }
        assertThat(holds).as(what).isTrue();
    }

    private static boolean loginIsGone(String login) throws Exception {
        return superuser("select count(*) from pg_roles where rolname = '" + login + "'") == 0;
    }

    private static int secondsLeftOnTheTarget(String id) throws Exception {
        String login = "drawbridge_" + id.replace("-", "").substring(0, 12);
        return superuser(
                "select extract(epoch from rolvaliduntil - now())::int from pg_roles where rolname = '" + login + "'");
    }

    /** Runs it as the database's superuser; the number that it returns, if any. */
    private static int superuser(String sql) throws Exception {
        try (Connection superuser = DriverManager.getConnection(
                        drawbridge.jdbcUrl("orders"), "postgres", drawbridge.superuserPassword());
                var statement = superuser.createStatement()) {
            if (!statement.execute(sql)) {
                return 0;
            }
            ResultSet rows = statement.getResultSet();
            return rows.next() && rows.getObject(1) instanceof Number number ? number.intValue() : 0;
        }
    }
}
