package dev.drawbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.testing.World;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A company whose operators, security, auditors and process owners are groups of other names: those have the rights, and no others. */
class RolesIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static RunningJar drawbridge;

    @BeforeAll
    static void start() {
        drawbridge = RunningJar.start(
                "--drawbridge.roles.operators=orders-owners",
                "--drawbridge.roles.security=managers",
                "--drawbridge.roles.auditors=contractors",
                "--drawbridge.roles.process-owners=engineers");
    }

    @AfterAll
    static void stop() throws Exception {
        drawbridge.close();
    }

    private static int status(String who, String path) throws Exception {
        return drawbridge.exchange(who, "GET", path, "").statusCode();
    }

    private static JsonNode ask(String who, String entitlement) throws Exception {
        HttpResponse<String> answer = drawbridge.exchange(
                who, "POST", "/api/v1/access-requests", JSON.writeValueAsString(World.ask(entitlement, "PT30M")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    @Test
    void operatorsSeeWhatIsOpenAndHowTheServiceIs() throws Exception {
        for (String path :
                new String[] {"/actuator/prometheus", "/actuator/metrics", "/api/v1/open-access", "/operations"}) {
            assertThat(status("owner", path)).as(path).isEqualTo(200);
            assertThat(status("operator", path)).as(path).isEqualTo(403);
        }
        assertThat(drawbridge.call("owner", "GET", "/actuator/health", "")).contains("components");
        assertThat(drawbridge.call("operator", "GET", "/actuator/health", "")).doesNotContain("components");
        assertThat(drawbridge.call("owner", "GET", "/", "")).contains("Check the service");
        assertThat(drawbridge.call("operator", "GET", "/", "")).doesNotContain("Check the service", "Open access");
        assertThat(status("owner", "/engine-rest/incident")).isEqualTo(200);
        assertThat(status("operator", "/engine-rest/incident")).isEqualTo(403);
    }

    @Test
    void securityRevokesAndAnswersItsLevelAndAuditorsReadTheRecord() throws Exception {
        String id = ask("engineer", "app-logs-read").path("id").asText();
        assertThat(status("contractor", "/api/v1/access-requests/" + id + "/trail"))
                .isEqualTo(200);
        assertThat(status("auditor", "/api/v1/access-requests/" + id + "/trail"))
                .isIn(403, 404);

        String revocation = "/api/v1/access-requests/" + id + "/revocation";
        String reason = JSON.writeValueAsString(Map.of("reason", "To see who may"));
        assertThat(drawbridge.exchange("security", "POST", revocation, reason).statusCode())
                .isIn(403, 404);
        assertThat(drawbridge.exchange("manager", "POST", revocation, reason).statusCode())
                .isLessThan(300);

        JsonNode foretold = JSON.readTree(drawbridge.call(
                "engineer",
                "POST",
                "/api/v1/access-requests/preview",
                JSON.writeValueAsString(World.ask("orders-admin", "PT30M"))));
        assertThat(foretold.toString()).contains("manager2").doesNotContain("Sami Security");
    }

    @Test
    void theEngineGivesItsRightsToTheSamePeople() throws Exception {
        assertThat(drawbridge.call("contractor", "GET", "/engine-rest/process-definition/count", ""))
                .as("the process of a request, and that of a change")
                .isEqualTo("{\"count\":2}");
        assertThat(drawbridge.call("auditor", "GET", "/engine-rest/process-definition/count", ""))
                .isNotEqualTo("{\"count\":2}");
        assertThat(drawbridge.call("engineer", "GET", "/engine-rest/deployment/count", ""))
                .isEqualTo("{\"count\":1}");
        assertThat(drawbridge.call("process-owner", "GET", "/engine-rest/deployment/count", ""))
                .isEqualTo("{\"count\":0}");
        assertThat(drawbridge.call("engineer", "GET", "/", "")).contains("in Cockpit");
        assertThat(drawbridge.call("process-owner", "GET", "/", "")).doesNotContain("in Cockpit");
    }
}
