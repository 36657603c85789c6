package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.Browser;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What went wrong is a page for a browser that goes somewhere, and a problem for a program. */
@DrawbridgeTest
class ErrorPagesTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final String FORM = "application/x-www-form-urlencoded";

    @Autowired
    World world;

    private static void isPage(HttpResponse<String> answer, int status, String... said) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(answer.body())
                .contains("/drawbridge.css", "To the start page", "<h1>")
                .contains(said);
        assertThat(answer.body()).doesNotContain("\"code\"", "Exception", "Whitelabel");
    }

    private HttpResponse<String> go(Browser browser, String path) {
        return browser.call("GET", path, null, Map.of("Accept", BROWSER));
    }

    @Test
    void tellsABrowserWithAPageWhatIsNotThereNotTheirsOrCannotBeRead() {
        Browser engineer = Browser.of(world, "engineer", "engineer");

        isPage(go(engineer, "/no-such-page"), 404, "There is nothing here", "There is nothing at this address.");
        isPage(
                go(engineer, "/api/v1/access-requests/" + UUID.randomUUID()),
                404,
                "There is no such request, or it is not yours to see.");
        isPage(go(engineer, "/operations"), 403, "You may not do this", "Only operators, security and auditors");
        isPage(
                go(engineer, "/operations/revocations?requester=owner"),
                403,
                "Only operators and security revoke access.");
        isPage(go(engineer, "/requests/not-an-id/task"), 400, "That cannot be read");
        isPage(go(engineer, "/actuator/metrics"), 403, "You may not do this");
    }

    @Test
    void tellsOfAFormThatIsTooOldOrCannotBeReadWithAPageAndDoesNothing() {
        Browser manager = Browser.of(world, "manager", "manager");

        isPage(
                manager.call(
                        "POST",
                        "/deputies",
                        "deputy=manager2&from=2035-01-01&until=2035-01-02&_csrf=old",
                        Map.of("Accept", BROWSER, "Content-Type", FORM)),
                403,
                "This form is too old");
        isPage(
                manager.call(
                        "POST",
                        "/deputies",
                        "deputy=manager2&from=someday&until=2035-01-02&_csrf=" + manager.cookie("DRAWBRIDGE-CSRF"),
                        Map.of("Accept", BROWSER, "Content-Type", FORM)),
                400,
                "find what you typed again");
        assertThat(world.get("manager", "/api/v1/deputies").json()).isEmpty();
    }

    @Test
    void leavesProgramsTheirProblems() {
        for (String accept : new String[] {"application/json", "*/*", "application/problem+json, text/html"}) {
            HttpResponse<String> answer = Browser.of(world, "engineer", "engineer")
                    .call("GET", "/api/v1/access-requests/" + UUID.randomUUID(), null, Map.of("Accept", accept));
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type")).as(accept).hasValue("application/problem+json");
        }
        assertThat(world.get("engineer", "/no-such-page").get("detail")).isEqualTo("There is nothing at this address.");
    }
}
