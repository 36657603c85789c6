package dev.drawbridge.packaged;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people do in a browser, with the packaged product and the real clock. */
class TasklistIT {
    private static final Path SCREENSHOTS = Path.of(System.getProperty("drawbridge.screenshots", "target/screenshots"));

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
    void leave() {
        open.forEach(BrowserContext::close);
    }

    @Test
    void engineerReadsTheLogsForAMinuteAndIsThrownOutWhenItIsOver() throws Exception {
        Path psql = Tools.require("psql");
        Page page = signIn("engineer");
        page.locator("a.card").getByText("Ask for access").click();

        page.locator("[data-entitlement=app-logs-read]").click();
        page.locator("#db-minutes").fill("1");
        page.locator("#db-why").fill("Find out why the checkout was slow this morning");
        assertThat(page.locator("#db-preview")).containsText("Will be granted automatically");
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("request-access.png")));
        page.locator(".modal-footer")
                .getByText("Start", new Locator.GetByTextOptions().setExact(true))
                .click();

        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Your request is sent");
        // The page looks again by itself until the access is there.
        page.locator("#open tr")
                .filter(new Locator.FilterOptions().setHasText("Application logs"))
                .getByText("Use it")
                .click();
        assertThat(page.locator("#db-clock")).hasText(Pattern.compile("00:[0-5][0-9]"));
        page.locator("#db-reveal").click();
        Locator command = page.locator("#db-command");
        assertThat(command).containsText("psql 'postgresql://drawbridge_");
        screenshotWithoutSecret(page);

        String url = command.textContent().replaceAll("^psql '(.*)'$", "$1");
        String login = url.replaceAll("^postgresql://([^:]+):.*", "$1");
        Process session = new ProcessBuilder(
                        psql.toString(),
                        url,
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-At",
                        "-c",
                        "select 'logs: ' || count(*) from app_logs",
                        "-c",
                        "select pg_sleep(300)")
                .redirectErrorStream(true)
                .start();
        String output = new String(session.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(session.waitFor(2, TimeUnit.MINUTES)).isTrue();

        assertThat(output).contains("logs: 500").contains("terminating connection due to administrator command");
        assertThat(session.exitValue()).isNotZero();
        awaitGone(page, login);
        assertThat(page.locator(".tasks-list").getByText("Use access: Application logs"))
                .hasCount(
                        0,
                        new com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions().setTimeout(60_000));
    }

    @Test
    void managerApprovesARequestAndTheEngineerUsesItAndHandsItBack() throws Exception {
        Page engineer = signIn("engineer2");
        engineer.locator("a.card").getByText("Ask for access").click();
        engineer.locator("[data-entitlement=orders-read]").click();
        engineer.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("2 hours"))
                .click();
        engineer.locator("#db-why").fill("Customers <b>miss</b> orders {{1+1}}");
        assertThat(engineer.locator("#db-preview")).containsText("Needs approval: Mara Manager");
        engineer.locator(".modal-footer")
                .getByText("Start", new Locator.GetByTextOptions().setExact(true))
                .click();

        Page manager = signIn("manager");
        manager.navigate(drawbridge.url("/camunda/app/tasklist/default/"));
        Locator waiting = manager.locator(".tasks-list").getByText("Approve access: Orders, masked for Emil Engineer");
        reloadUntilVisible(manager, waiting);
        waiting.click();
        manager.locator(".claim").click();
        assertThat(manager.locator("#db-requester")).containsText("Emil Engineer");
        assertThat(manager.locator("#db-sensitivity")).hasText("moderate");
        assertThat(manager.locator("#db-justification")).hasText("Customers <b>miss</b> orders {{1+1}}");
        manager.locator("#db-no").click();
        complete(manager);
        assertThat(manager.locator("#db-approve")).containsText("Say why you refuse it");
        manager.locator("#db-yes").click();
        manager.locator("#db-comment").fill("Until the cause is found");
        complete(manager);
        assertThat(waiting).hasCount(0);

        Page again = signIn("engineer2");
        assertThat(again.locator("main")).containsText("Orders, masked");
        again.navigate(drawbridge.url("/camunda/app/tasklist/default/"));
        Locator use = again.locator(".tasks-list").getByText("Use access: Orders, masked");
        reloadUntilVisible(again, use);
        use.click();
        again.locator("#db-reveal").click();
        assertThat(again.locator("#db-use")).containsText("Personal columns are masked");
        String command = again.locator("#db-command").textContent();
        String[] account =
                command.replaceAll("^psql 'postgresql://([^@]+)@.*$", "$1").split(":", 2);
        try (Connection connection =
                DriverManager.getConnection(drawbridge.jdbcUrl("orders"), account[0], account[1])) {
            var rows = connection.createStatement().executeQuery("select name from customers limit 1");
            rows.next();
            assertThat(rows.getString(1)).endsWith("***");
        }
        complete(again);
        assertThat(use).hasCount(0);
        awaitGone(again, account[0]);
    }

    @Test
    void criticalAccessGoesFromTheManagerToTwoOwnersAndSecurity() {
        Page engineer = signIn("engineer");
        engineer.locator("a.card").getByText("Ask for access").click();
        engineer.locator("[data-entitlement=orders-admin]").click();
        engineer.locator("#db-ticket").fill("OPS-4711");
        engineer.locator("#db-why").fill("Rebuild the statistics that went stale with the import of Monday");
        assertThat(engineer.locator("#db-preview"))
                .containsText("Mara Manager, then 2 of Olga Owner, Omar Owner, then Sami Security or Sina Security");
        engineer.locator(".modal-footer")
                .getByText("Start", new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(engineer.getByRole(AriaRole.STATUS)).containsText("Your request is sent");

        answer("manager", "Needed for the release", null);
        answer("owner", "", null);
        answer("owner2", "Only for half an hour", "approve-access.png");
        Page start = signIn("engineer");
        assertThat(start.locator("main")).containsText("Waits for Sami Security or Sina Security (level 3 of 3");
        answer("security", "", null);

        Page again = signIn("engineer");
        assertThat(again.locator("#open")).containsText("Omar Owner approved: “Only for half an hour”");
        again.locator("#open tr")
                .filter(new Locator.FilterOptions().setHasText("Orders, administer"))
                .getByText("Use it")
                .click();
        assertThat(again.locator("#db-clock")).hasText(Pattern.compile("(29|30):[0-9]{2}"));
        complete(again);
    }

    /** From the start page claims and approves what waits; the one whose form is photographed narrows it to half an hour. */
    private void answer(String who, String comment, String screenshot) {
        Page page = signIn(who);
        page.locator("#waiting tr")
                .filter(new Locator.FilterOptions().setHasText("Orders, administer"))
                .getByText("Answer")
                .click();
        Locator waiting = page.locator(".tasks-list").getByText("Approve access: Orders, administer for Erin Engineer");
        page.locator("#db-claim").click();
        page.locator("#db-yes").click();
        page.locator("#db-comment").fill(comment);
        if (screenshot != null) {
            page.locator("#db-shorter")
                    .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("30 minutes"));
            assertThat(page.locator("#db-holds")).isVisible();
            Locator button = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Complete"));
            assertThat(button.boundingBox().y + button.boundingBox().height)
                    .as("everything on one screen")
                    .isLessThanOrEqualTo(768);
            page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(screenshot)));
        }
        complete(page);
        assertThat(waiting).hasCount(0);
    }

    @Test
    void contractorSeesBeforeSendingThatCriticalAccessWouldBeRefused() {
        Page page = signIn("contractor");
        page.locator("a.card").getByText("Ask for access").click();
        page.locator("[data-entitlement=orders-admin]").click();
        page.locator("#db-ticket").fill("OPS-7");
        page.locator("#db-why").fill("Clean up");

        assertThat(page.locator("#db-preview")).containsText("Would be refused");
        assertThat(page.locator("#db-preview")).containsText("Contractors are never given critical access");

        page.locator("#db-ticket").fill("no ticket at all");
        assertThat(page.locator("#db-preview")).containsText("is not a ticket number");
        page.locator(".modal-footer")
                .getByText("Start", new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(page.locator("#db-why")).hasValue("Clean up");
    }

    @Test
    void engineerWithdrawsOnTheStartPageWhatStillWaits() throws Exception {
        drawbridge.call(
                "engineer",
                "POST",
                "/api/v1/access-requests",
                "{\"entitlement\":\"orders-write\",\"duration\":\"PT1H\",\"justification\":\"Repair\",\"ticket\":\"OPS-9\"}");
        Page page = signIn("engineer");
        assertThat(page.locator("#open")).containsText("Waits for Mara Manager");
        page.locator("a.card").getByText("Ask for access").click();
        assertThat(page.locator("[id^=db-waiting]")).containsText("Level 1 of 2 (manager): Mara Manager");
        page.navigate(drawbridge.url("/"));

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Withdraw"))
                .click();

        assertThat(page.locator("main")).containsText("Your request is withdrawn");
        assertThat(page.locator("main")).not().containsText("Waits for Mara Manager");
        assertThat(page.locator("#past tbody tr").first())
                .containsText(
                        Pattern.compile("Orders, change data.*withdrawn.*The requester withdrew it", Pattern.DOTALL));
    }

    @Test
    void signingOutOfTasklistSignsOutOfEverything() {
        Page page = signIn("auditor");
        page.navigate(drawbridge.url("/camunda/app/tasklist/default/"));
        page.locator(".account a").first().click();
        page.getByText("Log out").click();

        page.waitForURL("**/sign-in**");
        page.navigate(drawbridge.url("/"));
        assertThat(page).hasURL(Pattern.compile(".*/sign-in$"));
    }

    @Test
    void showsThisProductAndNotTheEnginesBanner() {
        Page page = signIn("manager2");
        page.navigate(drawbridge.url("/camunda/app/tasklist/default/"));

        assertThat(page.locator(".navbar-brand")).containsText("Drawbridge");
        assertThat(page.locator(".ce-eol-banner")).isHidden();
        assertThat(page.locator(".task-filters")).containsText("My approvals");
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

    private static void complete(Page page) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Complete"))
                .click();
    }

    /** Tasklist looks for new tasks now and then; a person presses reload. */
    private static void reloadUntilVisible(Page page, Locator task) {
        for (int tries = 0; tries < 10; tries++) {
            try {
                task.waitFor(new Locator.WaitForOptions().setTimeout(3_000));
                return;
            } catch (com.microsoft.playwright.TimeoutError notYet) {
                page.reload();
            }
        }
        assertThat(task).isVisible();
    }

    /** No credential, dead or alive, belongs into a picture. */
    private static void screenshotWithoutSecret(Page page) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve("use-access.png"))
                .setMask(List.of(
                        page.locator(".secret code").nth(0),
                        page.locator(".secret code").nth(2)))
                .setMaskColor("#dfe8e6"));
    }

    /** The sessions go first, then the login: between the two is a moment. */
    private static void awaitGone(Page page, String login) throws Exception {
        for (int tries = 0; tries < 100 && !roleIsGone(login); tries++) {
            page.waitForTimeout(100);
        }
        assertThat(roleIsGone(login)).as("the login " + login + " is gone").isTrue();
    }

    private static boolean roleIsGone(String login) throws Exception {
        try (Connection superuser = DriverManager.getConnection(
                        drawbridge.jdbcUrl("orders"), "postgres", drawbridge.superuserPassword());
                var statement = superuser.prepareStatement("select 1 from pg_roles where rolname = ?")) {
            statement.setString(1, login);
            return !statement.executeQuery().next();
        }
    }
}
