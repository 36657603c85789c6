package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.Browser;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Revoking more than one: what is shown is what ends. */
@DrawbridgeTest
class RevocationsPageTest {
    private static final String PAGE = "/operations/revocations?requester=engineer";
    private static final Pattern SHOWN = Pattern.compile("name=\"shown\" value=\"([^\"]*)\"");

    @Autowired
    World world;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    private UUID inTwoMinutes() {
        String start = world.clock().instant().plus(Duration.ofMinutes(2)).toString();
        return world.request("engineer", World.ask("app-logs-read", "PT30M", "startsAt", start));
    }

    private static String shown(String page) {
        Matcher shown = SHOWN.matcher(page);
        assertThat(shown.find()).isTrue();
        return shown.group(1);
    }

    private HttpResponse<String> confirm(Browser browser, String shown, String reason) {
        return browser.call(
                "POST",
                "/operations/revocations",
                "requester=engineer&entitlement=&shown=" + URLEncoder.encode(shown, StandardCharsets.UTF_8) + "&reason="
                        + reason + "&_csrf=" + browser.cookie("DRAWBRIDGE-CSRF"),
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    private static String page(Browser browser, String path) {
        return browser.call("GET", path, null, Map.of()).body();
    }

    @Test
    void saysHowManyAreActiveWaitAndStartLaterBeforeAnythingEnds() {
        UUID scheduled = inTwoMinutes();
        Browser security = Browser.of(world, "security", "security");
        assertThat(page(security, PAGE)).contains("Revoke everything of Erin Engineer?", "1 starts later");
        world.request("engineer", "orders-read", "PT1H");
        world.request("engineer", "orders-write", "PT1H");

        assertThat(page(security, PAGE)).contains("1 active, ", "1 starts later", "1 waiting for approval");
        assertThat(world.state(scheduled)).isEqualTo("SCHEDULED");
    }

    @Test
    void endsExactlyWhatWasShownAndShowsWhatHasComeSince() {
        UUID shown = inTwoMinutes();
        Browser security = Browser.of(world, "security", "security");
        String before = shown(page(security, PAGE));
        UUID late = world.request("engineer", "orders-read", "PT1H");

        HttpResponse<String> answer = confirm(security, before, "Stolen");
        world.runDueJobs();

        assertThat(world.outcome(shown)).isEqualTo("REVOKED");
        assertThat(world.state(late)).as("not shown, so not ended").isEqualTo("ACTIVE");
        String asked = page(security, answer.headers().firstValue("Location").orElseThrow());
        assertThat(asked)
                .contains("What was shown ends now: 1 request.", "was not shown before", "value=\"Stolen\"")
                .contains(late.toString());

        answer = confirm(security, shown(asked), "Stolen");
        world.runDueJobs();
        assertThat(world.outcome(late)).isEqualTo("REVOKED");
        assertThat(page(security, answer.headers().firstValue("Location").orElseThrow()))
                .contains("Everything of Erin Engineer ends now: 1 access.");
    }

    @Test
    void endsNothingWithoutAReasonOrWithoutHavingShownIt() {
        UUID id = inTwoMinutes();
        Browser security = Browser.of(world, "security", "security");

        confirm(security, shown(page(security, PAGE)), "");
        assertThat(page(security, PAGE)).contains("Say why you revoke it.");
        confirm(security, "", "Stolen");
        assertThat(confirm(security, "nonsense", "Stolen").statusCode()).isEqualTo(400);
        Browser engineer = Browser.of(world, "engineer2", "engineer2");
        assertThat(confirm(engineer, id.toString(), "Mine").statusCode()).isEqualTo(403);

        assertThat(world.state(id)).isEqualTo("SCHEDULED");
    }
}
