package dev.drawbridge.packaged;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
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
    private static final ObjectMapper JSON = new ObjectMapper();
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
        send(page);

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
        engineer.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("2 hours").setExact(true))
                .click();
        engineer.locator("#db-why").fill("Customers <b>miss</b> orders {{1+1}}");
        assertThat(engineer.locator("#db-preview")).containsText("Needs approval: Mara Manager");
        send(engineer);

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
        send(engineer);
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
            Locator button = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send answer"));
            assertThat(button.boundingBox().y + button.boundingBox().height)
                    .as("everything on one screen")
                    .isLessThanOrEqualTo(768);
            page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(screenshot)));
        }
        complete(page);
        assertThat(waiting).hasCount(0);
    }

    @Test
    void contractorReadsWhyCriticalAccessCannotBeHadAndIsNotOfferedIt() {
        Page page = form("contractor", 1366, 768);
        Locator admin = page.locator("[data-entitlement=orders-admin]");

        assertThat(admin).containsText("You cannot get this. Contractors are never given critical access");
        assertThat(admin).hasAttribute("aria-disabled", "true");
        admin.click(new Locator.ClickOptions().setForce(true));

        assertThat(admin).hasAttribute("aria-pressed", "false");
        assertThat(page.locator("[data-entitlement=orders-write]")).containsText("Up to 2 hours for you.");
    }

    @Test
    void formSaysWhatIsWrongWithAFieldNextToItAndSendsNothing() {
        Page page = form("contractor", 1366, 768);
        page.locator("[data-entitlement=orders-write]").click();
        page.locator("#db-why").fill("Clean up");
        page.locator("#db-ticket").fill("no ticket at all");
        assertThat(page.locator("#db-ticket-wrong")).containsText("is not a ticket number");
        assertThat(page.locator("#db-ticket")).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("#db-ticket")).hasAttribute("aria-describedby", "db-ticket-wrong");

        send(page);

        assertThat(page.locator("#db-ticket")).isFocused();
        assertThat(page.locator("#db-why")).hasValue("Clean up");
    }

    @Test
    void formSaysAtOnceWhyANumberOfMinutesIsNoneAndTheOldVerdictGoes() {
        Page page = form("engineer2", 1366, 768);
        page.locator("[data-entitlement=app-logs-read]").click();
        page.locator("#db-why").fill("Look at the checkout");
        assertThat(page.locator("#db-preview")).containsText("Will be granted automatically");

        for (String minutes : List.of("0", "-5", "1.5", "an hour")) {
            page.locator("#db-minutes").fill(minutes);
            assertThat(page.locator("#db-minutes-wrong")).hasText("Minutes are a whole number, 1 or more.");
            assertThat(page.locator("#db-preview")).not().containsText("Will be granted");
        }
        page.locator("#db-minutes").fill("9999");
        assertThat(page.locator("#db-minutes-wrong")).hasText("You get Application logs for 8 hours at most.");
        send(page);
        assertThat(page.locator("#db-minutes")).isFocused();

        page.locator("#db-minutes").fill("20");
        assertThat(page.locator("#db-minutes-wrong")).isEmpty();
        assertThat(page.locator("#db-preview")).containsText("Will be granted automatically");
    }

    @Test
    void formSaysThatNothingMatchesASearch() {
        Page page = form("engineer2", 1366, 768);
        page.locator("#db-search").fill("payroll");

        assertThat(page.locator("#db-none")).containsText("Nothing in the catalog matches “payroll”.");
        page.getByText("Show all").click();
        assertThat(page.locator("[data-entitlement]")).hasCount(5);
        assertThat(page.locator("#db-none")).isHidden();
    }

    @Test
    void formKeepsWhatWillHappenAndTheButtonInSightOnEachScreen() {
        for (int[] screen : new int[][] {{1366, 768}, {1366, 900}, {390, 844}}) {
            Page page = form("engineer", screen[0], screen[1]);
            page.locator("[data-entitlement=orders-read-unmasked]").click();
            page.locator("#db-why").fill("Compare what customers see with what is stored");
            assertThat(page.locator("#db-preview")).containsText("Needs approval");

            Locator button = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send request"));
            for (Locator seen : List.of(page.locator("#db-preview"), button, page.locator("#db-why"))) {
                assertThat(seen).isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
            }
            assertThat(page.locator("#db-why").boundingBox().y
                            + page.locator("#db-why").boundingBox().height)
                    .as("nothing lies on what is being filled in")
                    .isLessThanOrEqualTo(page.locator("#db-preview").boundingBox().y);
            assertThat((Integer) page.evaluate("document.querySelector('#db-request').scrollWidth"))
                    .as("nothing is cut off at the side")
                    .isLessThanOrEqualTo((Integer) page.evaluate("document.querySelector('#db-request').clientWidth"));
        }
    }

    @Test
    void formLeadsToTheRequestThatThereIsInsteadOfTakingAnotherLikeIt() throws Exception {
        String id = ask(
                "contractor", "{\"entitlement\":\"app-logs-read\",\"duration\":\"PT30M\",\"justification\":\"Look\"}");
        Page page = form("contractor", 1366, 768);
        page.locator("[data-entitlement=app-logs-read]").click();
        page.locator("#db-why").fill("Look again");
        assertThat(page.locator("#db-preview")).containsText("You already have a request for this");
        assertThat(page.locator("#db-existing")).hasAttribute("href", Pattern.compile("/requests/.*/task|/#open"));
        send(page);
        assertThat(page.locator("#db-existing")).isVisible();

        page.locator("#db-existing").click();

        page.waitForURL(Pattern.compile(".*(#/\\?.*task=.*|/#open)"));
        giveBack(page, "contractor", id);
    }

    @Test
    void escapeAsksBeforeItThrowsAFilledFormAway() {
        Page page = form("engineer2", 1366, 768);
        page.locator("#db-why").fill("A long story that nobody wants to type again");

        page.keyboard().press("Escape");
        assertThat(page.locator("#db-leaving")).containsText("Throw away what you have filled in?");
        assertThat(page.locator("#db-keep")).isFocused();
        page.locator("#db-keep").click();
        assertThat(page.locator("#db-leaving")).isHidden();
        assertThat(page.locator("#db-why")).hasValue("A long story that nobody wants to type again");

        page.locator(".modal-footer").getByText("Close").click();
        page.locator("#db-throw-away").click();
        assertThat(page.locator(".modal-dialog")).hasCount(0);
    }

    @Test
    void escapeClosesAnEmptyFormAtOnce() {
        Page page = form("engineer2", 1366, 768);

        page.keyboard().press("Escape");

        assertThat(page.locator(".modal-dialog")).hasCount(0);
    }

    @Test
    void whatIsChosenIsSaidToAScreenReader() {
        Page page = form("engineer", 1366, 768);
        page.locator("[data-entitlement=orders-read]").click();
        page.getByText("1 hour", new Page.GetByTextOptions().setExact(true)).click();

        assertThat(page.locator("#db-request [aria-pressed=true]"))
                .containsText(new String[] {"Orders, masked", "1 hour"});
        assertThat(page.locator("#db-request [aria-pressed=true]")).hasCount(2);
    }

    @Test
    void useFormNoticesARevocationByItselfAndHandsNothingBackThen() throws Exception {
        String id = ask(
                "engineer2", "{\"entitlement\":\"app-logs-read\",\"duration\":\"PT1H\",\"justification\":\"Look\"}");
        Page page = signIn("engineer2");
        page.locator("#open tr")
                .filter(new Locator.FilterOptions().setHasText("Application logs"))
                .getByText("Use it")
                .click();
        page.locator("#db-reveal").click();
        assertThat(page.locator("#db-command")).isVisible();

        drawbridge.call(
                "operator", "POST", "/api/v1/access-requests/" + id + "/revocation", "{\"reason\":\"It is over\"}");

        assertThat(page.locator("#db-ended"))
                .containsText(
                        "Otto Operator revoked it", new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
        assertThat(page.locator("#db-command")).hasCount(0);
        assertThat(page.locator("#db-clock")).hasText("over");
        assertThat(page.getByText("Hand back access")).hasCount(0);
    }

    @Test
    void approverHandsOverToAColleagueWhoReadsFromWhomItIs() throws Exception {
        String id = ask(
                "engineer2",
                "{\"entitlement\":\"orders-write\",\"duration\":\"PT1H\",\"justification\":\"Mend\",\"ticket\":\"OPS-8\"}");
        Page page = signIn("manager");
        page.locator("#waiting tr")
                .filter(new Locator.FilterOptions().setHasText("Emil Engineer"))
                .getByText("Answer")
                .click();
        page.locator("#db-claim").click();
        page.locator("#db-hand").click();
        page.locator("#db-colleague")
                .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("Milo Manager"));
        complete(page);
        assertThat(page.locator(".notifications, .page-notifications").first())
                .containsText("Milo Manager is asked now; it has left your list.");
        assertThat(page.locator(".tasks-list").getByText("Emil Engineer")).hasCount(0);

        Page colleague = signIn("manager2");
        colleague
                .locator("#waiting tr")
                .filter(new Locator.FilterOptions().setHasText("Emil Engineer"))
                .getByText("Answer")
                .click();
        assertThat(colleague.locator("#db-handed-by")).hasText("Mara Manager asks you to answer in their place.");
        drawbridge.call("engineer2", "POST", "/api/v1/access-requests/" + id + "/withdrawal", "");
    }

    @Test
    void approverOfMoreTimeReadsTheEndOfTheAccessAsTheDueDate() throws Exception {
        String id =
                ask("engineer", "{\"entitlement\":\"app-logs-read\",\"duration\":\"PT1H\",\"justification\":\"Look\"}");
        Page page = signIn("manager");
        awaitState(page, "engineer", id, "ACTIVE");
        drawbridge.call(
                "engineer",
                "POST",
                "/api/v1/access-requests/" + id + "/extension",
                "{\"duration\":\"PT30M\",\"justification\":\"It takes longer\"}");
        page.reload();
        page.locator("#waiting tr")
                .filter(new Locator.FilterOptions().setHasText("more time"))
                .getByText("Answer")
                .click();

        assertThat(page.locator(".task-card .due-date")).containsText(Pattern.compile("in (\\d+ minutes|an hour)"));
        giveBack(page, "engineer", id);
    }

    @Test
    void showsNoKeysHoweverLateItsWordsCome() {
        Page page = signIn("manager2");
        List<com.microsoft.playwright.Route> held = new ArrayList<>();
        page.route("**/locales/en.json*", held::add);
        page.navigate(
                drawbridge.url("/camunda/app/tasklist/default/"),
                new Page.NavigateOptions().setWaitUntil(com.microsoft.playwright.options.WaitUntilState.COMMIT));
        for (int tries = 0; tries < 50 && held.isEmpty(); tries++) {
            page.waitForTimeout(200);
        }
        // As long as a slow network may take, and longer than the pages need to be drawn without.
        page.waitForTimeout(3_000);
        String meanwhile = page.locator("body").innerText();
        held.forEach(com.microsoft.playwright.Route::resume);
        page.unroute("**/locales/en.json*");

        assertThat(page.locator(".tasks-list")).containsText("Created");
        assertThat(page.locator("input[placeholder='Filter Tasks']")).isVisible();
        assertThat(meanwhile).doesNotContain("CREATION_DATE", "SEARCH_PLACEHOLDER");
        assertThat(page.locator("body")).not().containsText(Pattern.compile("[A-Z]{3,}_[A-Z]{3,}"));
    }

    @Test
    void eachApplicationHasAWayBackAndAsksForNothingThatIsNotThere() {
        for (String who : List.of("engineer", "manager", "auditor", "operator", "process-owner")) {
            Page page = signIn(who);
            List<String> failed = new ArrayList<>();
            page.onResponse(answer -> {
                if (answer.status() >= 400) {
                    failed.add(who + ": " + answer.status() + " " + answer.url());
                }
            });
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    failed.add(who + ": " + message.text());
                }
            });
            List<String> pages =
                    new ArrayList<>(List.of("tasklist/default/", "tasklist/default/#/?processStart=access-request"));
            if (!List.of("engineer", "manager").contains(who)) {
                pages.addAll(
                        List.of("cockpit/default/", "cockpit/default/#/processes", "cockpit/default/#/deployments"));
            }
            for (String each : pages) {
                page.navigate("about:blank");
                page.navigate(drawbridge.url("/camunda/app/" + each));
                assertThat(page.locator(".account")).isVisible();
                assertThat(page.locator(".account")).not().containsText(who);
                page.waitForLoadState(com.microsoft.playwright.options.LoadState.NETWORKIDLE);
                assertThat(page.locator(".db-home")).hasText("Start page");
            }
            assertThat(failed).isEmpty();
            page.keyboard().press("Escape");
            page.locator(".db-home").click();
            assertThat(page.locator("h1")).containsText("Hello");
        }
    }

    @Test
    void cockpitDoesNotSayThatThereAreNoTasksToWhoMayNotSeeThem() throws Exception {
        String id = ask(
                "contractor",
                "{\"entitlement\":\"orders-write\",\"duration\":\"PT1H\",\"justification\":\"Mend\",\"ticket\":\"OPS-7\"}");
        Page page = signIn("operator");
        page.navigate(drawbridge.url("/camunda/app/cockpit/default/"));

        assertThat(page.getByText("Running Process Instances").first())
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
        assertThat(page.getByText("Open Human Tasks")).isHidden();
        assertThat(page.locator("a[href='#/tasks']:visible")).hasCount(0);
        drawbridge.call("contractor", "POST", "/api/v1/access-requests/" + id + "/withdrawal", "");
    }

    @Test
    void accountMenuOffersNothingButToLeave() {
        Page page = signIn("engineer");
        page.navigate(drawbridge.url("/camunda/app/tasklist/default/"));
        page.locator(".account a").first().click();

        assertThat(page.getByText("Log out")).isVisible();
        assertThat(page.getByText("My profile")).isHidden();
        page.navigate(drawbridge.url("/camunda/app/welcome/default/"));
        assertThat(page.locator("h1")).containsText("Hello");
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

    /** The form that asks for access, empty, on a screen of this size. */
    private Page form(String who, int width, int height) {
        Page page = signIn(who, width, height);
        page.navigate(drawbridge.url("/camunda/app/tasklist/default/#/?processStart=access-request"));
        assertThat(page.locator("[data-entitlement]"))
                .hasCount(5, new LocatorAssertions.HasCountOptions().setTimeout(30_000));
        return page;
    }

    private static String ask(String who, String body) throws Exception {
        return JSON.readTree(drawbridge.call(who, "POST", "/api/v1/access-requests", body))
                .path("id")
                .asText();
    }

    private static void awaitState(Page page, String who, String id, String state) throws Exception {
        String now = "";
        for (int tries = 0; tries < 200 && !now.equals(state); tries++) {
            now = JSON.readTree(drawbridge.call(who, "GET", "/api/v1/access-requests/" + id, ""))
                    .path("state")
                    .asText();
            page.waitForTimeout(100);
        }
        assertThat(now).isEqualTo(state);
    }

    private static void giveBack(Page page, String who, String id) throws Exception {
        awaitState(page, who, id, "ACTIVE");
        drawbridge.call(who, "POST", "/api/v1/access-requests/" + id + "/return", "");
        awaitState(page, who, id, "ENDED");
    }

    private Page signIn(String who) {
        return signIn(who, 1366, 768);
    }

    private Page signIn(String who, int width, int height) {
        BrowserContext context =
                chromium.browser().newContext(new Browser.NewContextOptions().setViewportSize(width, height));
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

    private static void send(Page page) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send request"))
                .click();
    }

    /** Whatever the button is named there for what it does. */
    private static void complete(Page page) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions()
                                .setName(Pattern.compile("^(Send answer|Hand over|Hand back access)$")))
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
