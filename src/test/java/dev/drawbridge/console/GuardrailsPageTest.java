package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.Browser;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.Parts;
import dev.drawbridge.testing.World;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The pages on which process owners see what is in force, change it, and go back. */
@DrawbridgeTest
class GuardrailsPageTest {
    private static final String LEVELS = "rules/levels.yaml";

    @Autowired
    World world;

    private Browser owner;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
        owner = Browser.of(world, "process-owner", "process-owner");
    }

    @AfterEach
    void asItWas() {
        world.post("process-owner", "/api/v1/publications/1/stage", Map.of("stage", "LIVE"));
    }

    private static String page(Browser browser, String path) {
        HttpResponse<String> answer = browser.call("GET", path, null, Map.of());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> send(String path, Map<String, String> fields) {
        StringBuilder body = new StringBuilder("_csrf=" + owner.cookie("DRAWBRIDGE-CSRF"));
        fields.forEach((name, value) ->
                body.append("&").append(name).append("=").append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return owner.call("POST", path, body.toString(), Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    private long live() {
        return world.get("process-owner", "/api/v1/publications")
                .json()
                .at("/items/0/number")
                .asLong();
    }

    private static String levels() {
        try {
            return Files.readString(Path.of(LEVELS));
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    private Map<String, String> change(String content, boolean publish) {
        return Map.of(
                "path", LEVELS,
                // As a browser sends what is typed.
                "content", content.replace("\n", "\r\n"),
                "note", "Managers have more time",
                "base", String.valueOf(live()),
                "publish", String.valueOf(publish));
    }

    @Test
    void tellsWhatIsInForceInSentences() {
        String page = page(owner, "/guardrails");

        assertThat(page)
                .contains(
                        "Low-sensitivity access for up to an hour is granted automatically",
                        ">grants<",
                        ">asks: manager<",
                        "publication " + live(),
                        LEVELS);
        assertThat(page(owner, "/")).contains("href=\"/guardrails\"");
    }

    @Test
    void checksAChangeShowsWhatItWouldChangeAndLeavesAllAsItIs() {
        long before = live();

        String fine = send("/guardrails/file", change(levels().replace("PT20H", "PT30H"), false))
                .body();
        String wrong = send("/guardrails/file", change(levels().replace("quorum: 1", "quorum: one"), false))
                .body();

        assertThat(fine)
                .contains("Nothing is wrong with it", "-    deadline: PT20H", "+    deadline: PT30H")
                .contains("Managers have more time", "What it would newly allow", "Nothing new is allowed");
        assertThat(wrong)
                .contains("It would not be published", LEVELS + ", line ", "quorum: one")
                .doesNotContain("Nothing is wrong with it");
        assertThat(live()).isEqualTo(before);
    }

    @Test
    void publishesAChangeAndGoesBack() {
        long before = live();

        HttpResponse<String> published = send("/guardrails/file", change(levels().replace("PT20H", "PT30H"), true));

        assertThat(published.statusCode()).isEqualTo(302);
        assertThat(live()).isEqualTo(before + 1);
        assertThat(page(owner, "/guardrails"))
                .contains("Publication " + (before + 1) + " is in force.", "Managers have more time", "Pia Process");
        assertThat(page(owner, "/guardrails/publications/" + (before + 1)))
                .contains("-    deadline: PT20H", "+    deadline: PT30H");
        assertThat(world.get("process-owner", "/api/v1/publications/" + live() + "/diff")
                        .json()
                        .path("files")
                        .findValuesAsText("path"))
                .as("line ends of browsers change nothing")
                .containsExactly(LEVELS);

        assertThat(page(owner, "/guardrails/publications/" + before)).contains("Go back to this one");
        send("/guardrails/publications/" + before + "/back", Map.of("note", "Too long"));
        assertThat(live()).isEqualTo(before + 2);
        assertThat(page(owner, "/guardrails")).contains("Too long");
    }

    @Test
    void changesAGuardrailWithItsCases() throws IOException {
        String rule = "rules/automatic/ten-a-day";
        assertThat(page(owner, "/guardrails/file?path=" + rule + ".drl")).contains("Its cases", "nine grants so far");
        Map<String, String> both = new HashMap<>(change("", true));
        both.put("path", rule + ".drl");
        both.put("content", Files.readString(Path.of(rule + ".drl")).replace("10", "3"));
        both.put("beside", Files.readString(Path.of(rule + ".cases.yaml")));

        assertThat(send("/guardrails/file", both).body())
                .contains("It would not be published", rule + ".cases.yaml, line ", "nine grants so far");
        both.put("beside", both.get("beside").replace("automaticGrants: 9", "automaticGrants: 2"));
        assertThat(send("/guardrails/file", both).statusCode()).isEqualTo(302);

        assertThat(page(owner, "/guardrails/publications/" + live())).contains(rule + ".drl", rule + ".cases.yaml");
    }

    @Test
    void keepsWhatWasTypedWhereItIsRefused() {
        Map<String, String> stale = new HashMap<>(change(levels().replace("PT20H", "PT30H"), true));
        stale.put("base", "0");

        String page = send("/guardrails/file", stale).body();

        assertThat(page).contains("is in force by now", "deadline: PT30H", "Managers have more time");
    }

    @Test
    void triesARequestOfOnesImaginationAndPutsNothingOnRecord() {
        String entries = world.jdbc()
                .sql("select count(*) from access_request")
                .query(String.class)
                .single();

        String asks = page(
                owner,
                "/guardrails/what-if?entitlement=app-logs-read&duration=PT2H&groups=engineers&at=2027-01-12T10:00");
        String never = page(owner, "/guardrails/what-if?entitlement=app-logs-read&duration=PT2H&at=2027-01-12T10:00");

        assertThat(asks).contains("People have to agree", "for one hour or less");
        assertThat(never).contains("None of these groups may ask for it.");
        assertThat(page(owner, "/guardrails/what-if")).contains("What would happen?");
        assertThat(world.get("engineer", "/guardrails/what-if?entitlement=app-logs-read")
                        .status())
                .isEqualTo(403);
        assertThat(world.jdbc()
                        .sql("select count(*) from access_request")
                        .query(String.class)
                        .single())
                .isEqualTo(entries);
    }

    @Test
    void showsWhatCanBeDoneWithAProposalAndWhatItWouldHaveSaid() {
        world.send(
                "process-owner",
                "/api/v1/publications",
                new Parts().file(LEVELS, levels() + "\n# proposed\n").field("stage", "PROPOSED"));
        long proposed = live();
        try {
            String shown = page(owner, "/guardrails/publications/" + proposed);
            String replayed = send("/guardrails/publications/" + proposed + "/replay", Map.of("days", "30"))
                    .body();

            assertThat(shown).contains("proposed", "Put it in force", "In the shadow", "On some people", "Withdraw it");
            assertThat(replayed).contains("would have been");
            assertThat(page(owner, "/guardrails")).contains("proposed");
        } finally {
            send("/guardrails/publications/" + proposed + "/withdrawal", Map.of());
        }
        assertThat(page(owner, "/guardrails/publications/" + proposed)).contains("withdrawn");
        // The last that is on record is in force then, as others count on.
        world.send("process-owner", "/api/v1/publications", new Parts().file(LEVELS, levels() + "\n# after it\n"));
    }

    @Test
    void letsOthersReadOrNeither() {
        Browser auditor = Browser.of(world, "auditor", "auditor");
        assertThat(page(auditor, "/guardrails/file?path=" + LEVELS))
                .contains("levels:")
                .doesNotContain("<textarea");
        assertThat(page(auditor, "/guardrails/publications/1")).doesNotContain("Go back to this one");
        Browser engineer = Browser.of(world, "engineer", "engineer");
        for (String path :
                new String[] {"/guardrails", "/guardrails/publications/1", "/guardrails/file?path=" + LEVELS}) {
            assertThat(engineer.get(path)).as(path).isEqualTo(403);
        }
        assertThat(owner.get("/guardrails/publications/999999")).isEqualTo(404);
        assertThat(owner.get("/guardrails/file?path=rules/none.yaml")).isEqualTo(404);
    }
}
