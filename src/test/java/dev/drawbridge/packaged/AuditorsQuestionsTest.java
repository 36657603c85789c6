package dev.drawbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What auditors ask is answered in the browser, in sentences, each within three clicks from the start page. */
@DrawbridgeTest
class AuditorsQuestionsTest {
    private static final Path SCREENSHOTS = Path.of(System.getProperty("drawbridge.screenshots", "target/screenshots"));

    private static Chromium chromium;

    @Autowired
    World world;

    private final List<BrowserContext> open = new ArrayList<>();
    private int clicks;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    @BeforeEach
    void aDay() {
        world.startAfresh();
        UUID logs = world.request("engineer", "app-logs-read", "PT30M");
        world.act("engineer", logs, "credentials", null);
        world.request("contractor", "orders-admin", "PT30M");
        String begun = world.clock().instant().toString();
        world.post(
                "manager",
                "/api/v1/deputies",
                Map.of(
                        "deputy",
                        "manager2",
                        "from",
                        begun,
                        "until",
                        world.clock().instant().plusSeconds(86_400).toString()));
        world.clock().advance(Duration.ofMinutes(10));
        UUID write = world.request("engineer2", "orders-write", "PT1H");
        world.decide("manager2", write, "approve");
        world.decide("owner", write, "approve");
        world.act("engineer", logs, "return", null);
        world.sweep();
        world.clock().advance(Duration.ofMinutes(10));
        UUID unused = world.request("engineer", "orders-read", "PT30M");
        world.act("engineer", unused, "return", null);
        world.sweep();
        world.clock().advance(Duration.ofMinutes(10));
    }

    @AfterEach
    void leave() {
        open.forEach(BrowserContext::close);
    }

    private Page signIn(String who) {
        BrowserContext context =
                chromium.browser().newContext(new Browser.NewContextOptions().setViewportSize(1200, 900));
        open.add(context);
        Page page = context.newPage();
        page.setDefaultTimeout(30_000);
        page.navigate(world.url("/sign-in"));
        page.locator("#username").fill(who);
        page.locator("#password").fill(who);
        page.locator("button[type=submit]").click();
        page.locator("#abilities").waitFor();
        return page;
    }

    private Page click(Page page, String what) {
        clicks++;
        page.locator(what).first().click();
        return page;
    }

    private String ask(String question, Map<String, String> said) {
        Page page = signIn("auditor");
        clicks = 0;
        click(page, "a.card:has-text('Record')");
        String card = "[data-question=" + question + "]";
        said.forEach((field, value) -> {
            if (field.equals("entitlement")) {
                page.locator(card + " select").selectOption(value);
            } else {
                page.locator(card + " input[name=" + field + "]").fill(value);
            }
        });
        click(page, said.isEmpty() ? "a" + card : card + " button");
        page.locator("#answer").waitFor();
        assertThat(clicks).as("from the start page").isLessThanOrEqualTo(3);
        look(page, "record-" + question);
        return page.locator("main").innerText().replaceAll("\\s+", " ");
    }

    private static void look(Page page, String name) {
        for (int width : new int[] {1200, 390}) {
            page.setViewportSize(width, 900);
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(SCREENSHOTS.resolve(name + "-" + width + ".png")));
            assertThat(new AxeBuilder(page).analyze().getViolations())
                    .as(name + " at " + width)
                    .filteredOn(fault -> Set.of("critical", "serious").contains(fault.getImpact()))
                    .extracting(fault ->
                            fault.getId() + ": " + fault.getNodes().get(0).getHtml())
                    .isEmpty();
            assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                    .as(name + " at " + width)
                    .isLessThanOrEqualTo(width);
        }
        page.setViewportSize(1200, 900);
    }

    @Test
    void whoHasAccessNowAndWhoHadIt() {
        assertThat(ask("who-has-access-now", Map.of()))
                .contains("Emil Engineer has Orders, change data since", "Approved by")
                .doesNotContain("Erin Engineer has");
        assertThat(ask("who-had-access", Map.of("entitlement", "app-logs-read")))
                .contains("Erin Engineer had", "for ten minutes; it was handed back", "Nobody had to agree:");
    }

    @Test
    void whatAPersonHadAndWhy() {
        assertThat(ask("what-did-a-person-have", Map.of("person", "engineer")))
                .contains("Erin Engineer had", "Nobody had to agree:", "it was handed back")
                .doesNotContain("Emil Engineer");
    }

    @Test
    void whoApprovedForWhom() {
        assertThat(ask("who-approved-for", Map.of("person", "engineer2")))
                .contains(
                        "approved Orders, change data for Emil Engineer at level manager in place of",
                        "“I have looked at it”");
        assertThat(ask("whom-did-they-approve-for", Map.of("person", "owner")))
                .contains("approved Orders, change data for Emil Engineer at level owner");
        assertThat(ask("approvals-by-deputies", Map.of())).contains("in place of");
    }

    @Test
    void whatNobodyAgreedToWhatWasRefusedAndWhatWasNeverUsed() {
        assertThat(ask("granted-without-a-human", Map.of())).contains("Erin Engineer had", "Nobody had to agree:");
        assertThat(ask("emergencies-and-refusals", Map.of())).contains("The guardrails refused it:");
        assertThat(ask("access-never-used", Map.of())).contains("No credential was ever revealed.", "Orders, masked");
    }

    @Test
    void whoChangedWhichRuleAndWhatFollowed() {
        assertThat(ask("who-changed-the-rules", Map.of()))
                .contains("made publication", "By these rules", "What followed");
        Page page = open.get(0).pages().get(0);
        click(page, "a:has-text('What followed')");
        page.locator("#found, .empty").first().waitFor();
        assertThat(clicks).isLessThanOrEqualTo(3);
    }

    @Test
    void searchesAndTakesItAway() {
        Page page = signIn("auditor");
        page.navigate(world.url("/record"));
        look(page, "record");
        page.locator("#search-form input[name=q]").fill("checkout slow");
        page.locator("#search-form input[name=about]").fill("contractor");
        page.locator("#search-form button[type=submit]").click();
        page.locator("#found").waitFor();
        assertThat(page.locator("#found").innerText())
                .contains("asked for Orders, administer")
                .doesNotContain("Emil");
        assertThat(page.locator("#exports a").first().getAttribute("href"))
                .contains("/api/v1/audit-entries/export?format=ndjson", "about=contractor", "q=checkout%20slow");
        look(page, "record-search");
        page.locator("#search-form input[name=about]").fill("nobody-there");
        page.locator("#search-form button[type=submit]").click();
        page.locator(".notice.warn").waitFor();
        assertThat(page.locator(".notice.warn").innerText()).contains("There is no person 'nobody-there'.");
        assertThat(page.locator("#search-form input[name=about]").inputValue()).isEqualTo("nobody-there");
    }

    @Test
    void hearsOfWhatHappensToARequestWithoutAReload() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        Page page = signIn("engineer");
        page.navigate(world.url("/requests/" + id));
        assertThat(page.locator("#story").innerText()).doesNotContain("approved at level");
        look(page, "request-waiting");

        world.decide("manager", id, "approve");
        world.runScheduled("LiveRequests");

        page.locator("#story li:has-text('approved at level manager')").waitFor();
        assertThat(page.locator("#approvals").innerText()).contains("approved at level manager");
        assertThat(page.locator("#news").innerText()).contains("approved at level manager");
        look(page, "request-agreed");
    }
}
