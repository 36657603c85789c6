package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What stands in front of everything. */
@DrawbridgeTest
class SecurityTest {
    @Autowired
    World world;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/catalog",
                "/api/v1/access-requests",
                "/engine-rest/task",
                "/engine-rest/process-definition",
                "/engine-rest/engine",
                "/engine-rest",
                "/camunda/api/engine/engine/default/task",
                "/camunda/api/admin/setup/default/user/create",
                "/actuator",
                "/actuator/metrics",
                "/actuator/prometheus",
                "/v3/api-docs"
            })
    void letsNobodyInWhoIsNotSignedIn(String path) {
        Answer answer = world.get(null, path);

        assertThat(answer.status()).isIn(401, 302);
        assertThat(answer.text()).doesNotContain("Exception");
    }

    @Test
    void sendsAPersonToTheSignInPage() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(world.url("/")))
                                .header("Accept", "text/html")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/sign-in");
        assertThat(world.get(null, "/sign-in").text()).contains("Demo accounts");
    }

    @Test
    void keepsNoSessionForStrangersAndLeadsThemWhereTheyWantedToGoOnceTheySignIn() throws Exception {
        HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        String wanted = "/operations";
        int before = sessions();
        for (String path :
                List.of(wanted, "/no-such-page", "/sign-in", "/camunda/app/tasklist/default/", "/api/v1/x")) {
            browser.send(
                    HttpRequest.newBuilder(URI.create(world.url(path)))
                            .header("Accept", "text/html")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
        browser.send(
                HttpRequest.newBuilder(URI.create(world.url(wanted)))
                        .header("Accept", "text/html")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(signIn(browser, "nobody-here", "not it")
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .endsWith("/sign-in?error");
        assertThat(sessions()).isEqualTo(before);

        assertThat(signIn(browser, "operator", "operator")
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .contains(wanted);
        assertThat(sessions()).isEqualTo(before + 1);
    }

    private int sessions() {
        return world.jdbc()
                .sql("select count(*) from spring_session")
                .query(Integer.class)
                .single();
    }

    private HttpResponse<String> signIn(HttpClient browser, String who, String password) throws Exception {
        String page = browser.send(
                        HttpRequest.newBuilder(URI.create(world.url("/sign-in")))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        String token = page.replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
        return browser.send(
                HttpRequest.newBuilder(URI.create(world.url("/sign-in")))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "username=" + who + "&password=" + password.replace(" ", "+") + "&_csrf=" + token))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void letsNobodyButOperatorsTouchTheEnginesJobsHoweverThePathIsWritten() {
        for (String path : new String[] {
            "/engine-rest/job/x/retries", "/engine-rest/%6Aob/x/retries", "/engine-rest/engine/default/j%6Fb/x/retries"
        }) {
            assertThat(world.call("contractor", "PUT", path, Map.of("retries", 1))
                            .status())
                    .as(path)
                    .isEqualTo(403);
        }
    }

    @Test
    void showsHealthToAllAndTheRestToOperators() {
        assertThat(world.get(null, "/actuator/health").text()).startsWith("{\"status\":\"UP\"");
        assertThat(world.get("engineer", "/actuator/metrics").status()).isEqualTo(403);
        assertThat(world.get("operator", "/actuator/metrics").status()).isEqualTo(200);
        assertThat(world.get("operator", "/actuator/prometheus").text()).contains("jvm_");
        assertThat(world.get("operator", "/actuator/env").status()).isEqualTo(404);
    }

    @Test
    void takesANameThatNobodyCanHaveForAWrongOne() {
        assertThat(wrongPassword("manager\0")).isEqualTo(401);
        assertThat(wrongPassword("\0")).isEqualTo(401);
    }

    private int wrongPassword(String who) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(world.url("/api/v1/catalog")))
                                    .header(
                                            "Authorization",
                                            "Basic "
                                                    + java.util.Base64.getEncoder()
                                                            .encodeToString(
                                                                    (who + ":wrong").getBytes(StandardCharsets.UTF_8)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void signsInWithAFreshSessionAndRefusesAFormWithoutItsToken() throws Exception {
        CookieManager cookies = new CookieManager();
        HttpClient browser = HttpClient.newBuilder().cookieHandler(cookies).build();
        String page = send(browser, "GET", "/sign-in", null).body();
        String before = cookie(cookies, "JSESSIONID");
        String token = page.replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");

        assertThat(send(browser, "POST", "/sign-in", "username=engineer&password=engineer")
                        .statusCode())
                .as("without the token")
                .isEqualTo(403);
        HttpResponse<String> signedIn =
                send(browser, "POST", "/sign-in", "username=engineer&password=engineer&_csrf=" + token);
        assertThat(signedIn.statusCode()).isEqualTo(302);
        assertThat(cookie(cookies, "JSESSIONID")).isNotEmpty().isNotEqualTo(before);
        HttpResponse<String> start = send(browser, "GET", "/", null);
        assertThat(start.body()).contains("Erin Engineer");
        assertThat(start.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(start.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(start.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'")
                .contains("frame-ancestors 'none'");

        HttpResponse<String> forged = browser.send(
                HttpRequest.newBuilder(URI.create(world.url("/api/v1/access-requests")))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"entitlement\":\"app-logs-read\",\"duration\":\"PT1H\",\"justification\":\"x\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(forged.statusCode()).as("a call that rides on the session").isEqualTo(403);
        assertThat(send(browser, "GET", "/camunda/api/engine/engine/default/filter", null)
                        .body())
                .as("signed in once, for Tasklist too")
                .contains("My access");
        assertThat(send(browser, "GET", "/engine-rest/task", null).statusCode())
                .as("but the engine's REST takes no session")
                .isEqualTo(401);
    }

    private HttpResponse<String> send(HttpClient browser, String method, String path, String form)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(world.url(path)));
        if (form != null) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        return browser.send(
                request.method(method, HttpRequest.BodyPublishers.ofString(form == null ? "" : form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String cookie(CookieManager cookies, String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie ->
                        cookie.getName().equals(name) && cookie.getPath().equals("/"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    @Test
    void letsAPersonSeeAndTouchOnlyTheirOwnTasks() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        String task = world.engine()
                .getTaskService()
                .createTaskQuery()
                .processInstanceId(world.instanceOf(id))
                .singleResult()
                .getId();

        assertThat(world.get("engineer", "/engine-rest/task").json().findValuesAsText("id"))
                .containsExactly(task);
        for (String other : List.of("engineer2", "contractor", "manager", "owner")) {
            assertThat(world.get(other, "/engine-rest/task").json()).as(other).isEmpty();
            assertThat(world.get(other, "/engine-rest/task/" + task).status())
                    .as(other)
                    .isIn(403, 404);
            assertThat(world.post(other, "/engine-rest/task/" + task + "/complete", Map.of())
                            .status())
                    .as(other)
                    .isEqualTo(403);
            assertThat(world.get(other, "/engine-rest/process-instance").json())
                    .as(other)
                    .isEmpty();
            assertThat(world.get(other, "/engine-rest/history/process-instance").json())
                    .as(other)
                    .isEmpty();
        }
        assertThat(world.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void givesARequesterNoHandOnTheInstanceThatCarriesTheirRequest() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        String instance = "/engine-rest/process-instance/" + world.instanceOf(id);

        assertThat(world.call("engineer", "DELETE", instance, null).status()).isIn(403, 404);
        assertThat(world.post(
                                "engineer",
                                instance + "/modification",
                                Map.of(
                                        "instructions",
                                        List.of(Map.of(
                                                "type", "startBeforeActivity", "activityId", "task_grantAccess"))))
                        .status())
                .isEqualTo(403);
        assertThat(world.call("engineer", "PUT", instance + "/suspended", Map.of("suspended", true))
                        .status())
                .isEqualTo(403);
        assertThat(world.call("engineer", "PUT", instance + "/variables/x", Map.of("value", 1))
                        .status())
                .isEqualTo(403);
        assertThat(world.post(
                                "engineer",
                                "/engine-rest/message",
                                Map.of("messageName", "revokeNow", "processInstanceId", world.instanceOf(id)))
                        .status())
                .isGreaterThanOrEqualTo(400);
        String task = world.engine()
                .getTaskService()
                .createTaskQuery()
                .processInstanceId(world.instanceOf(id))
                .singleResult()
                .getId();
        assertThat(world.call(
                                "engineer",
                                "PUT",
                                "/engine-rest/task/" + task,
                                Map.of("due", "2099-01-01T00:00:00.000+0000"))
                        .status())
                .isEqualTo(403);
        assertThat(world.post("engineer", "/engine-rest/task/" + task + "/delegate", Map.of("userId", "engineer2"))
                        .status())
                .isEqualTo(403);
        assertThat(world.post("engineer", "/engine-rest/task/create", Map.of("name", "mine"))
                        .status())
                .isEqualTo(403);
        assertThat(world.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void letsOnlyProcessOwnersDeployAndNothingThatRunsCode() {
        for (String who : List.of("engineer", "manager", "security", "auditor", "operator")) {
            assertThat(deploy(who, "<definitions/>").statusCode()).as(who).isIn(400, 403);
        }
        assertThat(world.engine()
                        .getAuthorizationService()
                        .isUserAuthorized("engineer", List.of("engineers"), Permissions.CREATE, Resources.DEPLOYMENT))
                .isFalse();
        String script = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><definitions"
                + " xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" targetNamespace=\"x\"><process id=\"evil\""
                + " isExecutable=\"true\" xmlns:camunda=\"http://camunda.org/schema/1.0/bpmn\""
                + " camunda:historyTimeToLive=\"P1D\"><startEvent id=\"s\"/><sequenceFlow id=\"f\" sourceRef=\"s\""
                + " targetRef=\"t\"/><scriptTask id=\"t\" scriptFormat=\"javascript\"><script>1</script></scriptTask>"
                + "</process></definitions>";
        HttpResponse<String> refused = deploy("process-owner", script);
        assertThat(refused.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(refused.body()).contains("may run code");
        assertThat(world.engine()
                        .getRepositoryService()
                        .createProcessDefinitionQuery()
                        .processDefinitionKey("evil")
                        .count())
                .isZero();
    }

    private HttpResponse<String> deploy(String who, String bpmn) {
        String boundary = "parts";
        String body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"deployment-name\"\r\n\r\nx\r\n--"
                + boundary + "\r\nContent-Disposition: form-data; name=\"evil.bpmn\"; filename=\"evil.bpmn\"\r\n\r\n"
                + bpmn + "\r\n--" + boundary + "--\r\n";
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(world.url("/engine-rest/deployment/create")))
                                    .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                                    .header(
                                            "Authorization",
                                            "Basic "
                                                    + java.util.Base64.getEncoder()
                                                            .encodeToString(
                                                                    (who + ":" + who).getBytes(StandardCharsets.UTF_8)))
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void refusesToChangeAFactOnceItIsOnRecord() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        for (String attempt : List.of(
                "update access_request set requester = 'contractor' where id = '" + id + "'",
                "delete from access_grant where request_id = '" + id + "'",
                "update access_grant set expires_at = 'infinity'",
                "delete from audit_entry",
                "truncate audit_entry")) {
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> world.jdbc().sql(attempt).update())
                    .as(attempt)
                    .hasStackTraceContaining("Facts are only ever added");
        }
    }
}
