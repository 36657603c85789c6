package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** At the engine's doors: who may knock where, and what is said to whoever is turned away. */
@DrawbridgeTest
class EngineDoorsTest {
    private static final String START = "/engine-rest/process-definition/key/access-request/start";
    private static final String[] INSIDE = {
        "Exception", "camunda", "ENGINE-", "java", "dev.drawbridge", "SQL", " is null", "org.", "permission"
    };

    @Autowired
    World world;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    /** Made for a test, with the right to everything in the engine. */
    private void asAdministrator(Runnable work) {
        world.engine().getIdentityService().createMembership("operator", "camunda-admin");
        try {
            work.run();
        } finally {
            world.engine().getIdentityService().deleteMembership("operator", "camunda-admin");
        }
    }

    private static void assertSaidPlainly(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
        assertThat(answer.get("message")).isNotBlank().endsWith(".");
        assertThat(answer.text()).doesNotContain(INSIDE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"variables\":{\"entitlement\":{\"value\":\"eA==\",\"type\":\"File\"}}}",
                "{\"variables\":{\"entitlement\":{\"value\":\"x\",\"type\":\"\"}}}",
                "{\"variables\":{\"entitlement\":{\"value\":\"x\",\"type\":\"Nothing\"}}}",
                "{\"variables\":{\"entitlement\":null}}",
                "{\"variables\":{\"x\":{\"value\":\"abc\",\"type\":\"Integer\"}}}",
                "{\"variables\":{\"x\":{\"value\":\"x\",\"type\":\"Object\",\"valueInfo\":5}}}",
                "{\"variables\":[]}",
                "{\"businessKey\":{}}",
                "[]",
                "7"
            })
    void saysInAPlainSentenceThatItCannotReadWhatIsSentToStart(String body) {
        int before = requests();

        assertSaidPlainly(world.post("engineer", START, body));

        assertThat(requests()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /engine-rest/condition, {}",
        "GET, /engine-rest/task/x/variables,",
        "GET, /engine-rest/task/x/deployed-form,",
        "GET, /engine-rest/task/x/identity-links,",
        "GET, /engine-rest/process-instance/x/variables,",
        "GET, /engine-rest/process-definition/x/statistics,",
        "GET, /engine-rest/history/task?sortBy=x&sortOrder=asc,",
        "GET, /engine-rest/history/process-instance?variables=x_y,",
        "GET, /engine-rest/history/user-operation?entityType=x&sortBy=x&sortOrder=asc,",
        "GET, /engine-rest/authorization/count?type=x,",
        "GET, /engine-rest/decision-definition/x/xml,",
        "GET, /engine-rest/no-such-thing,",
        "GET, /engine-rest/task?caseDefinitionName=x,",
        "GET, /engine-rest/process-instance/count?superCaseInstance=x,",
        "GET, /camunda/api/engine/engine/default/task/x/variables,",
        "POST, /engine-rest/task, '{\"orQueries\":7}'",
        "POST, /engine-rest/task, '{\"sorting\":[{\"sortBy\":\"x\",\"sortOrder\":\"asc\"}]}'",
        "POST, /engine-rest/job/count, '{\"dueDates\":[null]}'",
        "POST, /engine-rest/history/variable-instance/count, '{\"variableName\":[]}'",
        "PUT, /engine-rest/job/x/retries, {}",
        "PUT, /engine-rest/user/operator/credentials, '{\"password\":7}'"
    })
    void answersNothingWithAFailureThatItOnlyCannotRead(String method, String path, String body) {
        assertSaidPlainly(world.call("operator", method, path, body));
    }

    @Test
    void countsTheEnginesOwnWorkInAsManyLinesAsTheEngineGives() {
        assertThat(world.get("operator", "/engine-rest/metrics").status()).isEqualTo(200);
        assertThat(world.get("operator", "/engine-rest/metrics?maxResults=900").status())
                .isEqualTo(200);
        assertThat(world.get("engineer", "/engine-rest/metrics").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "job",
                "job-definition",
                "incident",
                "event-subscription",
                "external-task",
                "batch",
                "history/job-log",
                "history/cleanup/job",
                "schema/log",
                "telemetry/configuration",
                "metrics/x/sum"
            })
    void showsTheEnginesWorkToNobodyWhoDoesNotLookAfterIt(String what) {
        for (String who : List.of("engineer", "manager", "contractor", "owner")) {
            assertThat(world.get(who, "/engine-rest/" + what).status()).as(who).isEqualTo(403);
        }
    }

    @Test
    void leavesAFaultOfOursAFaultAndSaysNothingOfItsInside() {
        world.jdbc()
                .sql("alter table access_request rename to access_request_away")
                .update();
        Answer answer;
        try {
            answer = world.post("engineer", START, Map.of("variables", typed(World.ask("app-logs-read", "PT1H"))));
        } finally {
            world.jdbc()
                    .sql("alter table access_request_away rename to access_request")
                    .update();
        }
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.get("message")).contains("went wrong on our side");
        assertThat(answer.text()).doesNotContain(INSIDE);
    }

    @ParameterizedTest
    @CsvSource({
        "user, 'a b'",
        "user, 'a,b'",
        "user, *",
        "user, 'a\"b'",
        "user, ''",
        "group, 'a b'",
        "group, *",
    })
    void saysWhichIdsAccountsMayHave(String kind, String id) {
        asAdministrator(() -> {
            Answer answer = world.post(
                    "operator",
                    "/engine-rest/" + kind + "/create",
                    kind.equals("group")
                            ? Map.of("id", id, "name", "x")
                            : Map.of("profile", Map.of("id", id), "credentials", Map.of("password", "a good one 1")));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.get("message")).startsWith("An id has 64 characters at most: letters, digits");
        });
        assertThat(world.engine()
                        .getIdentityService()
                        .createUserQuery()
                        .userId(id)
                        .count())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"value\":\"rO0ABXQAAXg=\",\"type\":\"Object\",\"valueInfo\":{\"objectTypeName\":\"java.lang.String\","
                        + "\"serializationDataFormat\":\"application/x-java-serialized-object\"}}",
                "{\"value\":\"{}\",\"type\":\"Object\",\"valueInfo\":{\"objectTypeName\":\"java.util.HashMap\","
                        + "\"serializationDataFormat\":\"application/json\"}}",
                "{\"value\":\"eA==\",\"type\":\"Bytes\"}",
                "{\"value\":\"eA==\",\"type\":\"File\",\"valueInfo\":{\"filename\":\"a.txt\"}}",
                "{\"value\":7,\"type\":\"Integer\"}"
            })
    void startsNothingWithAValueThatIsNotPlain(String value) {
        int before = requests();
        for (String door : List.of("start", "submit-form")) {
            String body =
                    "{\"variables\":{\"entitlement\":{\"value\":\"app-logs-read\"},\"duration\":{\"value\":\"PT1H\"},"
                            + "\"justification\":{\"value\":\"Find out why\"},\"ticket\":" + value + "}}";
            assertSaidPlainly(
                    world.post("engineer", "/engine-rest/process-definition/key/access-request/" + door, body));
        }
        assertThat(requests()).isEqualTo(before);
        assertThat(world.engine()
                        .getRuntimeService()
                        .createVariableInstanceQuery()
                        .list())
                .noneMatch(variable -> variable.getName().equals("ticket"));
    }

    private static final Map<String, Object> NOTHING = Map.of();

    @Test
    void hearsNobodyAtDoorsThatNobodyNeeds() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        UUID held = world.request("engineer2", "app-logs-read", "PT1H");
        String instance = world.instanceOf(held);
        String definition = world.engine()
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceId(instance)
                .singleResult()
                .getProcessDefinitionId();
        Job job = world.engine()
                .getManagementService()
                .createJobQuery()
                .processInstanceId(instance)
                .list()
                .get(0);
        Map<String, Object> toTheGrant = Map.of("type", "startBeforeActivity", "activityId", "task_grantAccess");
        Map<String, Map<String, ?>> doors = new HashMap<>();
        doors.put("POST message", Map.of("messageName", "revokeNow", "processInstanceId", instance));
        doors.put("POST signal", Map.of("name", "x"));
        doors.put("POST condition", Map.of("variables", Map.of("x", Map.of("value", 1))));
        doors.put(
                "POST process-instance/message-async",
                Map.of("messageName", "revokeNow", "processInstanceIds", List.of(instance)));
        doors.put("POST process-instance/" + instance + "/modification", Map.of("instructions", List.of(toTheGrant)));
        doors.put(
                "POST modification/executeAsync",
                Map.of("processDefinitionId", definition, "instructions", List.of(toTheGrant)));
        doors.put(
                "POST process-definition/" + definition + "/restart",
                Map.of("processInstanceIds", List.of(instance), "instructions", List.of(toTheGrant)));
        doors.put(
                "POST process-definition/" + definition + "/restart-async",
                Map.of("processInstanceIds", List.of(instance), "instructions", List.of(toTheGrant)));
        doors.put(
                "POST migration/generate",
                Map.of("sourceProcessDefinitionId", definition, "targetProcessDefinitionId", definition));
        doors.put("POST migration/execute", Map.of("processInstanceIds", List.of(instance)));
        doors.put("POST external-task/fetchAndLock", Map.of("workerId", "x", "maxTasks", 1));
        doors.put("POST external-task/x/complete", Map.of("workerId", "x"));
        doors.put("PUT process-definition/" + definition + "/suspended", Map.of("suspended", true));
        doors.put("PUT process-instance/" + instance + "/suspended", Map.of("suspended", true));
        doors.put("PUT job/" + job.getId() + "/suspended", Map.of("suspended", true));
        doors.put("PUT job/" + job.getId() + "/duedate", Map.of("duedate", "2099-01-01T00:00:00.000+0000"));
        doors.put("POST job/" + job.getId() + "/execute", NOTHING);
        doors.put("DELETE job/" + job.getId(), NOTHING);
        doors.put("DELETE process-instance/" + instance, NOTHING);
        doors.put("POST process-instance/delete", Map.of("processInstanceIds", List.of(instance)));
        doors.put("DELETE history/process-instance/" + instance, NOTHING);
        doors.put("POST history/process-instance/set-removal-time", Map.of("clearedRemovalTime", true));
        doors.put("POST history/cleanup", NOTHING);
        doors.put("POST process-instance/job-retries", Map.of("retries", 0));
        doors.put("POST job/retries", Map.of("retries", 0, "jobIds", List.of(job.getId())));
        doors.put("POST deployment/x/redeploy", NOTHING);
        doors.put("PUT group/operators/members/engineer", NOTHING);
        doors.put("POST authorization/create", Map.of("type", 1, "permissions", List.of("ALL"), "resourceType", 0));
        doors.put("POST user/create", Map.of("profile", Map.of("id", "mallory")));
        doors.put("POST user/operator/unlock", NOTHING);
        doors.put("POST identity/verify", Map.of("username", "operator", "password", "operator"));
        doors.put("POST schema/log", NOTHING);
        doors.put("POST telemetry/configuration", Map.of("enableTelemetry", true));

        for (String who : List.of("engineer", "manager", "contractor", "process-owner", "auditor", "operator")) {
            doors.forEach((door, body) -> {
                String[] parts = door.split(" ");
                for (String below : List.of("/engine-rest/", "/engine-rest/engine/default/")) {
                    Answer answer = world.call(who, parts[0], below + parts[1], body);
                    assertThat(answer.status()).as(who + ": " + door).isEqualTo(403);
                    assertThat(answer.text()).doesNotContain(INSIDE);
                }
            });
        }

        assertThat(world.state(held)).isEqualTo("ACTIVE");
        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");
        world.pass(Duration.ofHours(1));
        assertThat(world.outcome(held)).isEqualTo("EXPIRED");
        assertThat(world.loginExists(held)).isFalse();
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void letsNoOperatorStopOrMoveTheTimerThatEndsAccess() {
        UUID held = world.request("engineer", "app-logs-read", "PT1H");
        List<Job> timers = world.engine()
                .getManagementService()
                .createJobQuery()
                .processInstanceId(world.instanceOf(held))
                .list();
        assertThat(timers).isNotEmpty();
        for (Job timer : timers) {
            for (String one : List.of("job/" + timer.getId(), "job-definition/" + timer.getJobDefinitionId())) {
                for (String body : List.of(
                        "{\"retries\":0}",
                        "{\"retries\":-1}",
                        "{\"retries\":3,\"dueDate\":\"2099-01-01T00:00:00.000+0000\"}",
                        "{\"retries\":3,\"dueDate\":null}")) {
                    assertThat(world.call("operator", "PUT", "/engine-rest/" + one + "/retries", body)
                                    .status())
                            .as(one + body)
                            .isEqualTo(403);
                }
            }
        }
        world.pass(Duration.ofHours(1));
        assertThat(world.outcome(held)).isEqualTo("EXPIRED");
    }

    private static Map<String, Object> typed(Map<String, String> values) {
        Map<String, Object> typed = new HashMap<>();
        values.forEach((name, value) -> typed.put(name, Map.of("value", value)));
        return typed;
    }

    private int requests() {
        return world.jdbc()
                .sql("select count(*) from access_request")
                .query(Integer.class)
                .single();
    }
}
