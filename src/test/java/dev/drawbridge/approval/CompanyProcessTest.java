package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.MailServer;
import dev.drawbridge.testing.World;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A company's own process: it branches by what is asked for, and has people do something before access is given. */
@DrawbridgeTest
class CompanyProcessTest {
    private static final Path FILE = Path.of("src/test/resources/company/processes/access-request.bpmn");
    private static final GreenMail MAIL = MailServer.running();

    @Autowired
    World world;

    ProcessOfOnesOwn published;
    String deployment;

    @BeforeEach
    void startAfresh() throws Exception {
        world.startAfresh();
        published = new ProcessOfOnesOwn(world.engine());
        world.jdbc()
                .sql("insert into mail_sent select id, now() from mail where id not in (select mail_id from mail_sent)")
                .update();
        MAIL.purgeEmailFromAllMailboxes();
    }

    @AfterEach
    void takeBack() {
        published.takeBack();
        if (deployment != null) {
            world.engine().getRepositoryService().deleteDeployment(deployment, true);
        }
    }

    /** The company's file, with a group of this installation in place of the company's. */
    private void publishedFor(String group) {
        publish(text().replace("data-protection", group));
    }

    private static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    private void publish(String process) {
        DeploymentBuilder builder =
                world.engine().getRepositoryService().createDeployment().name("the company's");
        for (String form :
                new String[] {"request-access", "approve-access", "answer-question", "use-access", "complete-task"}) {
            try {
                String name = "forms/" + form + ".html";
                builder.addInputStream(
                        name,
                        new ByteArrayInputStream(
                                Files.readAllBytes(Path.of("processes").resolve(name))));
            } catch (IOException missing) {
                throw new AssertionError(missing);
            }
        }
        deployment = builder.addInputStream(
                        "access-request.bpmn", new ByteArrayInputStream(process.getBytes(StandardCharsets.UTF_8)))
                .deploy()
                .getId();
    }

    private String task(UUID id) {
        return world.engine()
                .getTaskService()
                .createTaskQuery()
                .processInstanceId(world.instanceOf(id))
                .singleResult()
                .getId();
    }

    private Answer complete(String who, UUID id, Map<String, String> form) {
        Answer answer = world.post(
                who,
                "/engine-rest/task/" + task(id) + "/submit-form",
                Map.of("variables", ProcessOfOnesOwn.typed(form)));
        world.runDueJobs();
        return answer;
    }

    /** Else an approver could lay their own word over what data protection has said. */
    @Test
    void takesNoVariableThatTheTasksOwnFormDoesNotAskFor() {
        publishedFor("security");
        UUID toApprove = world.request("engineer", "orders-write", "PT1H");
        UUID toInform = world.request("engineer", "orders-read", "PT1H");

        Answer byAnApprover = complete(
                "manager",
                toApprove,
                Map.of("decision", "approve", "comment", "I have looked at it", "dpoAgrees", "yes"));
        Answer byACandidate = complete("security", toInform, Map.of("note", "Told them", "dpoAgrees", "yes"));

        for (Answer refused : List.of(byAnApprover, byACandidate)) {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text()).contains("'dpoAgrees' is not a field of this form.");
        }
        assertThat(world.loginExists(toApprove)).isFalse();
        assertThat(world.loginExists(toInform)).isFalse();
        assertThat(complete("security", toInform, Map.of("note", "Told them")).status())
                .isLessThan(300);
        assertThat(world.state(toInform)).isEqualTo("ACTIVE");
    }

    @Test
    void refusesAGroupThatTheCatalogDoesNotDeclare() {
        assertThatThrownBy(() -> publish(text()))
                .isInstanceOf(Refusal.class)
                .hasMessageMatching("Not published, line [0-9]+ \\(task_informDataProtection\\) of access-request.bpmn:"
                        + " there is no group 'data-protection'; rules/catalog.yaml declares .*security.*\\.");
    }

    @Test
    void waitsForWhatACompanyAddsAndSaysSoUntilSomebodyHasDoneIt() {
        publishedFor("security");
        UUID id = world.request("engineer", "orders-read", "PT1H");

        JsonNode request = world.show(id);
        assertThat(request.path("state").asText()).isEqualTo("PROVISIONING");
        assertThat(request.path("waitsFor")).hasSize(1);
        JsonNode awaited = request.path("waitsFor").get(0);
        assertThat(awaited.path("sentence").asText()).isEqualTo("Waits for: Inform data protection, by security");
        assertThat(awaited.path("task").asText()).isEqualTo("task_informDataProtection");
        assertThat(world.loginExists(id)).isFalse();
        assertThat(world.get("engineer", "/").text())
                .contains("Waits for: Inform data protection, by security, since ")
                .contains("/requests/" + id + "/withdrawal")
                .doesNotContain("Being set up");

        assertThat(complete("security", id, Map.of("note", "Told Dana,\nwho agrees"))
                        .status())
                .isEqualTo(204);

        assertThat(world.state(id)).isEqualTo("ACTIVE");
        assertThat(world.show(id).path("waitsFor")).isEmpty();
        assertThat(world.loginExists(id)).isTrue();
        assertThat(world.trail(id))
                .contains(
                        "The process waits for: Inform data protection, by security.",
                        "Sami Security (security) completed “Inform data protection”: “Told Dana, ⏎ who agrees”");
        assertThat(world.jdbc().sql("""
                                select d.completed_by || ' ' || d.note from own_task_done d
                                join own_task t on t.id = d.task_id where t.request_id = :id
                                """).param("id", id).query(String.class).single())
                .isEqualTo("security Told Dana,\nwho agrees");
    }

    @Test
    void keepsWhatWasSaidThereOutOfTheProcess() {
        publishedFor("security");
        UUID id = world.request("engineer", "orders-read", "PT1H");

        assertThat(complete("security", id, Map.of("note", "x", "verdict", "ALLOWED"))
                        .status())
                .isEqualTo(403);
        assertThat(world.loginExists(id)).isFalse();
        assertThat(complete("security", id, Map.of("note", "x")).status()).isEqualTo(204);

        assertThat(world.engine()
                        .getRuntimeService()
                        .getVariables(world.instanceOf(id))
                        .keySet())
                .doesNotContain("note");
    }

    @ParameterizedTest
    @CsvSource({"app-logs-read, ACTIVE", "orders-read, PROVISIONING"})
    void branchesByWhatIsAskedFor(String entitlement, String state) {
        publishedFor("security");

        assertThat(world.state(world.request("engineer", entitlement, "PT30M"))).isEqualTo(state);
    }

    @Test
    void branchesBySensitivityOnceApproversHaveAgreed() {
        publishedFor("security");
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", id, "approve");
        world.decide("owner", id, "approve");

        assertThat(complete("security", id, Map.of()).status()).isEqualTo(204);
        assertThat(world.show(id).path("waitsFor").findValuesAsText("task")).containsExactly("task_enterInRegister");
        assertThat(world.loginExists(id)).isFalse();
        assertThat(complete("security2", id, Map.of("note", "No. 4711")).status())
                .isEqualTo(204);

        assertThat(world.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void letsTheRequesterNeitherDoNorClaimItThoughTheyAreAmongThoseItIsFor() {
        publishedFor("engineers");
        UUID id = world.request("engineer", "orders-read", "PT1H");

        Answer own = complete("engineer", id, Map.of("note", "I am informed"));
        assertThat(own.status()).isEqualTo(403);
        assertThat(own.text()).contains("its requester does not do");
        assertThat(world.post("engineer", "/engine-rest/task/" + task(id) + "/claim", Map.of("userId", "engineer"))
                        .status())
                .isEqualTo(403);
        assertThat(world.loginExists(id)).isFalse();
        assertThat(world.state(id)).isEqualTo("PROVISIONING");

        assertThat(complete("engineer2", id, Map.of()).status()).isEqualTo(204);
        assertThat(world.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void letsTheRequesterNeitherDoNorClaimItThoughItIsForThemAlone() {
        publish(text().replace("candidateGroups=\"data-protection\"", "candidateUsers=\"engineer\""));
        UUID id = world.request("engineer", "orders-read", "PT1H");

        assertThat(complete("engineer", id, Map.of("note", "I am informed")).status())
                .isEqualTo(403);
        assertThat(world.post("engineer", "/engine-rest/task/" + task(id) + "/claim", Map.of("userId", "engineer"))
                        .status())
                .isEqualTo(403);

        assertThat(world.loginExists(id)).isFalse();
        assertThat(world.state(id)).isEqualTo("PROVISIONING");
    }

    @Test
    void letsNobodyDoItWhomItIsNotFor() {
        publishedFor("security");
        UUID id = world.request("engineer", "orders-read", "PT1H");

        assertThat(complete("manager", id, Map.of("note", "x")).status()).isEqualTo(403);

        assertThat(world.loginExists(id)).isFalse();
        assertThat(world.show(id).path("waitsFor")).hasSize(1);
    }

    @Test
    void refusesANoteThatIsTooLongOrCouldDeceive() {
        publishedFor("security");
        UUID id = world.request("engineer", "orders-read", "PT1H");

        assertThat(complete("security", id, Map.of("note", "x".repeat(2001))).text())
                .contains("The note has 2001 characters; at most 2000 are taken.");
        assertThat(complete("security", id, Map.of("note", "a\u202eb")).text()).contains("U+202E");

        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void canBeWithdrawnWhileItWaitsThoughTheProcessDrawsNothingForThat() {
        publishedFor("security");
        UUID id = world.request("engineer", "orders-read", "PT1H");
        String task = task(id);

        assertThat(world.act("engineer", id, "withdrawal", null).status()).isEqualTo(200);

        assertThat(world.outcome(id)).isEqualTo("WITHDRAWN");
        assertThat(world.show(id).path("waitsFor")).isEmpty();
        assertThat(world.engine()
                        .getTaskService()
                        .createTaskQuery()
                        .taskId(task)
                        .count())
                .isZero();
        assertThat(world.loginExists(id)).isFalse();
        assertThat(world.trail(id)).noneMatch(sentence -> sentence.startsWith("Nobody completed"));
    }

    @Test
    void canBeRevokedWhileItWaits() {
        publishedFor("security");
        UUID id = world.request("engineer", "orders-read", "PT1H");
        String task = task(id);

        assertThat(world.act("operator", id, "revocation", Map.of("reason", "An audit begins"))
                        .status())
                .isEqualTo(200);

        assertThat(world.outcome(id)).isEqualTo("REVOKED");
        assertThat(world.engine()
                        .getTaskService()
                        .createTaskQuery()
                        .taskId(task)
                        .count())
                .isZero();
        assertThat(world.loginExists(id)).isFalse();
    }

    /** Else whoever asks would choose the process without the task that the company has added. */
    @Test
    void letsNobodyAskByAnEarlierVersionOfTheProcess() {
        String earlier = world.engine()
                .getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey("access-request")
                .latestVersion()
                .singleResult()
                .getId();
        publishedFor("security");
        int before = world.grants();
        Map<String, Object> sent = Map.of(
                "variables",
                ProcessOfOnesOwn.typed(Map.of(
                        "entitlement",
                        "orders-read",
                        "duration",
                        "PT1H",
                        "justification",
                        "Quickly",
                        "ticket",
                        "OPS-1")));

        for (String door : List.of("submit-form", "start")) {
            Answer refused = world.post("engineer", "/engine-rest/process-definition/" + earlier + "/" + door, sent);

            assertThat(refused.status()).as(refused.text()).isEqualTo(409);
            assertThat(refused.text()).contains("The process has been changed since this form was opened.");
        }
        world.runDueJobs();
        assertThat(world.grants()).isEqualTo(before);
        assertThat(world.logins()).isEmpty();
        assertThat(world.post("engineer", "/engine-rest/process-definition/key/access-request/submit-form", sent)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void showsItsCandidatesOnTheirStartPageWhatTheyAreToDoAndWhoDidItWhatCameOfIt() {
        publishedFor("security");
        UUID id = world.request("engineer", "orders-read", "PT1H");

        assertThat(world.get("security", "/").text())
                .contains("Waiting for you to do", "Inform data protection", "Erin Engineer", "/tasks/" + task(id));
        for (String other : List.of("engineer", "engineer2", "manager", "auditor")) {
            assertThat(world.get(other, "/").text()).as(other).doesNotContain("Waiting for you to do");
        }

        world.engine().getIdentityService().createMembership("engineer2", "security");
        try {
            complete("engineer2", id, Map.of("note", "Told them"));
        } finally {
            world.engine().getIdentityService().deleteMembership("engineer2", "security");
        }

        assertThat(world.get("security", "/").text()).doesNotContain("Waiting for you to do");
        assertThat(world.get("engineer2", "/api/v1/access-requests/" + id).status())
                .isEqualTo(200);
        assertThat(world.get("engineer2", "/api/v1/access-requests").text()).contains(id.toString());
        assertThat(world.get("manager2", "/api/v1/access-requests/" + id).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "camunda:candidateGroups=''", "camunda:candidateUsers=' , '"})
    void refusesATaskThatIsForNobody(String who) {
        assertThatThrownBy(() -> publish(text().replace("camunda:candidateGroups=\"data-protection\"", who)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("(task_informDataProtection) of access-request.bpmn: ");
    }

    @Test
    void tellsItsCandidatesByMailAndLeadsThemToTheTaskInTasklist() throws Exception {
        publishedFor("security");
        UUID id = world.request("engineer", "orders-read", "PT1H");

        assertThat(MailServer.delivered(world))
                .contains(
                        "security@example.com: Inform data protection: Orders, masked for Erin Engineer",
                        "security2@example.com: Inform data protection: Orders, masked for Erin Engineer");
        assertThat(world.get("security", "/requests/" + id + "/task")
                        .headers()
                        .firstValue("location")
                        .orElse(""))
                .endsWith("/tasks/" + task(id));
        String filter = world.engine()
                .getFilterService()
                .createFilterQuery()
                .filterName("My approvals")
                .singleResult()
                .getId();
        assertThat(world.get("security", "/engine-rest/filter/" + filter + "/list")
                        .json()
                        .findValuesAsText("name"))
                .contains("Inform data protection: Orders, masked for Erin Engineer");
        assertThat(world.get("security", "/api/v1/tasks/" + task(id) + "/access-request")
                        .get("id"))
                .isEqualTo(id.toString());
    }

    @Test
    void givesNothingWhileSomethingIsStillToBeDoneWhateverTheProcessDraws() {
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="gateway_both"/>
                <bpmn:parallelGateway id="gateway_both"/>
                <bpmn:sequenceFlow id="flow_2" sourceRef="gateway_both" targetRef="task_inform"/>
                <bpmn:sequenceFlow id="flow_3" sourceRef="gateway_both" targetRef="task_grantAccess"/>
                <bpmn:userTask id="task_inform" name="Inform" camunda:candidateGroups="security"/>
                <bpmn:serviceTask id="task_grantAccess" camunda:asyncBefore="true" camunda:delegateExpression="#{grantAccess}"/>
                """);
        UUID id = world.request("engineer", "app-logs-read", "PT30M");

        for (int minutes = 0; minutes < 60; minutes += 5) {
            world.pass(Duration.ofMinutes(5));
            assertThat(world.loginExists(id)).isFalse();
        }
        assertThat(world.show(id).path("waitsFor").get(0).path("sentence").asText())
                .isEqualTo("Waits for: Inform, by security");

        complete("security", id, Map.of("note", "Told them"));
        world.pass(Duration.ofMinutes(1));

        assertThat(world.state(id)).isEqualTo("ACTIVE");
        assertThat(world.trail(id)).noneMatch(sentence -> sentence.contains("is still to be done"));
    }

    /** Else whoever rolls an upgrade would find requests that wait for something that is done. */
    @Test
    void waitsNoMoreForWhatANodeOfAnEarlierReleaseHasCarriedOut() {
        publishedFor("security");
        UUID id = world.request("engineer", "orders-read", "PT1H");
        world.superuser("drawbridge", "alter table own_task disable trigger all");
        world.superuser(
                "drawbridge",
                "insert into own_task select 'gone', request_id, task_key, name, groups, people,"
                        + " created_at from own_task where request_id = '" + id + "'");
        world.superuser("drawbridge", "alter table own_task enable trigger all");

        world.runScheduled("SettleOwnTasks.settle");

        assertThat(world.trail(id)).contains("“Inform data protection” is over; who completed it is not on record.");
        assertThat(world.show(id).path("waitsFor")).hasSize(1);
        complete("security", id, Map.of("note", "Told them"));
        assertThat(world.state(id)).isEqualTo("ACTIVE");
    }

    /** The company's file, in which something is to be done before the approvers are asked. */
    private void publishedWithSomethingBeforeTheLevels() {
        publish(text().replace("data-protection", "security")
                .replace("targetRef=\"subProcess_approvalLevel\"", "targetRef=\"task_first\"")
                .replace(
                        "<bpmn:subProcess id=\"subProcess_approvalLevel\"",
                        "<bpmn:userTask id=\"task_first\" name=\"Look at it first\" camunda:candidateGroups=\"security\"/>"
                                + "<bpmn:sequenceFlow id=\"flow_first\" sourceRef=\"task_first\""
                                + " targetRef=\"subProcess_approvalLevel\"/>"
                                + "<bpmn:subProcess id=\"subProcess_approvalLevel\""));
    }

    @Test
    void givesApproversTheirWholeTimeOnceTheyAreAsked() {
        publishedWithSomethingBeforeTheLevels();
        UUID id = world.request("engineer", "orders-write", "PT1H");

        assertThat(world.get("engineer", "/").text())
                .contains("Waits for: Look at it first, by security")
                .doesNotContain("Waits for Mara Manager", "Agreed; on its way");
        assertThat(world.get("manager", "/").text()).doesNotContain("Waiting for your answer");
        Answer early = world.decide("manager", id, "approve");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.text())
                .contains("Nobody is asked to approve this yet: “Look at it first” is to be done first.");
        assertThat(world.show(id).path("approvals")).isEmpty();

        world.pass(Duration.ofDays(7));
        world.runScheduled("Deadlines.endWhatIsLate");
        world.runDueJobs();

        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");
        complete("security", id, Map.of("note", "Fine"));
        world.runScheduled("Deadlines.endWhatIsLate");
        world.runDueJobs();
        assertThat(world.get("engineer", "/").text()).contains("Waits for Mara Manager");
        assertThat(world.decide("manager", id, "approve").status()).isEqualTo(200);
        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");
        assertThat(world.loginExists(id)).isFalse();
    }

    private UUID waitsUntilNight() {
        publishedFor("security");
        UUID id = world.request("engineer", "orders-read", "PT1H");
        world.pass(Duration.ofHours(9));
        assertThat(world.state(id)).isEqualTo("PROVISIONING");
        return id;
    }

    @Test
    void givesAtNightWhatTheGuardrailsAllowedByDayAsLongAsItIsTheSame() {
        UUID id = waitsUntilNight();

        complete("security", id, Map.of("note", "Told them"));

        assertThat(world.state(id)).isEqualTo("ACTIVE");
    }

    /** What an approver only shortens is not judged anew. */
    @Test
    void givesNothingThatIsAnotherThingByNowThoughAnApproverHasShortenedIt() {
        UUID id = world.request("engineer", "orders-read", "PT3H");
        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");
        world.superuser("drawbridge", "alter table judged_entitlement disable trigger all");
        world.superuser(
                "drawbridge", "update judged_entitlement set fingerprint = 'another' where request_id = '" + id + "'");
        world.superuser("drawbridge", "alter table judged_entitlement enable trigger all");

        world.post(
                "manager",
                "/api/v1/access-requests/" + id + "/decision",
                Map.of("decision", "approve", "comment", "Less", "duration", "PT2H"));

        assertThat(world.jdbc()
                        .sql("select fingerprint from judged_entitlement where request_id = :id")
                        .param("id", id)
                        .query(String.class)
                        .list())
                .containsExactly("another");
    }

    /** Nobody has agreed to that. */
    @Test
    void givesNothingThatIsAnotherThingByNowAndWouldNeedApproval() {
        UUID id = waitsUntilNight();
        world.superuser("drawbridge", "alter table judged_entitlement disable trigger all");
        world.superuser(
                "drawbridge", "update judged_entitlement set fingerprint = 'another' where request_id = '" + id + "'");
        world.superuser("drawbridge", "alter table judged_entitlement enable trigger all");

        complete("security", id, Map.of("note", "Told them"));

        assertThat(world.outcome(id)).isEqualTo("FAILED");
        assertThat(world.trail(id))
                .anyMatch(sentence ->
                        sentence.contains("What it gives has been changed in the catalog since it was agreed to,"
                                + " and needs approval at level 'manager' now; please ask anew."));
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void saysWhenAProcessGoesOnWithoutIt() {
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_inform"/>
                <bpmn:userTask id="task_inform" name="Inform" camunda:candidateUsers="security"/>
                <bpmn:boundaryEvent id="boundaryEvent_late" attachedToRef="task_inform">
                  <bpmn:timerEventDefinition id="timer_late"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>
                </bpmn:boundaryEvent>
                <bpmn:sequenceFlow id="flow_2" sourceRef="boundaryEvent_late" targetRef="task_grantAccess"/>
                <bpmn:sequenceFlow id="flow_3" sourceRef="task_inform" targetRef="task_grantAccess"/>
                <bpmn:serviceTask id="task_grantAccess" camunda:asyncBefore="true" camunda:delegateExpression="#{grantAccess}"/>
                <bpmn:sequenceFlow id="flow_4" sourceRef="task_grantAccess" targetRef="task_useAccess"/>
                <bpmn:userTask id="task_useAccess"/>
                """);
        UUID id = world.request("engineer", "app-logs-read", "PT30M");
        assertThat(world.show(id).path("waitsFor").get(0).path("sentence").asText())
                .isEqualTo("Waits for: Inform, by Sami Security");

        world.pass(Duration.ofHours(1));

        assertThat(world.trail(id)).contains("Nobody completed “Inform”; the process waits for it no more.");
        assertThat(world.state(id)).isEqualTo("ACTIVE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#{asked.sensitivity(execution) == 'HIHG'} : compares asked.sensitivity with 'HIHG', which it never is; it can be CRITICAL, HIGH, LOW, MODERATE",
                "#{asked.entitlement(execution) == 'orders-raed'} : it can be app-logs-read, orders-admin",
                "#{asked.environment(execution) == 'prodution'} : it can be production",
                "#{asked.obligedTo('masked-colums', execution)} : names 'masked-colums'; there are masked-columns",
                "#{asked.colour(execution) == 'RED'} : 'asked.colour' in #{asked.colour(execution) == 'RED'} is not part of what processes may use; asked has entitlement, environment,",
                "#{asks.sensitivity(execution) == 'HIGH'} : is not part of what processes may use; there are accessWindow, approvalLevels, asked",
                "#{asked.sensitivity() == 'HIGH'} : in another way than asked.sensitivity(execution)",
                "#{asked.obligedTo(execution, 'masked-columns')} : in another way than asked.obligedTo('...', execution)",
                "#{asked.sensitivity(execution)} : which is a text, where yes or no belongs; compare it: asked.sensitivity == 'CRITICAL'",
                "#{asked.minutes(execution) == 'HIGH'} : compares asked.minutes, which is a number, with 'HIGH'",
                "#{asked.personalData(execution) &gt; 1} : compares asked.personalData, which is yes or no, with 1",
                "#{verdict == 'NEEDS_APROVAL'} : which it never is; it can be ALLOWED, DENIED, NEEDS_APPROVAL",
                "#{verdict} : has verdict, which is a text, where yes or no belongs",
                "#{sensitivity == 'HIGH'} : names 'sensitivity', which nothing sets there; variables there are: verdict",
                "#{level == 1} : names 'level', which nothing sets there",
                "#{levelOutcome == 'approved'} : names 'levelOutcome', which nothing sets there",
                "#{!asked.minutes(execution)} : which is a number, where yes or no belongs",
                "#{accessWindow.endsAt(execution)} : which is a moment, where yes or no belongs",
                "#{asked.personalData(execution) and nothing} : names 'nothing'",
                "#{asked.personalData(execution).toString()} : is more than processes may use here",
                "#{asked.personalData(asked.masked(execution))} : is more than processes may use here",
                "#{(asked.personalData(execution))} : is more than processes may use here",
                "#{asked.sensitivity(execution) == asked.level(execution)} : is more than processes may use here"
            })
    void refusesAnExpressionThatNamesWhatDoesNotExistWhenItIsPublished(String tried) {
        String[] both = tried.split(" : ", 2);
        long before =
                world.engine().getRepositoryService().createDeploymentQuery().count();

        assertThatThrownBy(() -> published.publish(branching(both[0])))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Not published, line ")
                .hasMessageContaining("(condition_1) of access-request.bpmn: ")
                .hasMessageContaining(both[1]);

        assertThat(world.engine().getRepositoryService().createDeploymentQuery().count())
                .isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "#{asked.entitlement(execution) == 'app-logs-read'}, true",
        "#{asked.entitlement(execution) != 'app-logs-read'}, false",
        "#{asked.resource(execution) == 'app-logs'}, true",
        "#{asked.level(execution) == 'READ'}, true",
        "#{asked.level(execution) == 'ADMIN'}, false",
        "#{asked.sensitivity(execution) == 'LOW'}, true",
        "#{asked.sensitivity(execution) != 'LOW'}, false",
        "#{asked.environment(execution) == 'production'}, true",
        "#{asked.personalData(execution)}, false",
        "#{!asked.personalData(execution)}, true",
        "#{not asked.masked(execution)}, true",
        "#{asked.personalData(execution) == false}, true",
        "#{asked.minutes(execution) &gt; 29}, true",
        "#{asked.minutes(execution) &lt;= 29}, false",
        "#{asked.obligedTo('masked-columns' execution)}, false",
        "#{asked.verdict(execution) == 'ALLOWED'}, true",
        "#{asked.masked(execution) or asked.level(execution) == 'READ'}, true",
        "#{asked.masked(execution) and asked.level(execution) == 'READ'}, false",
        "#{verdict == 'ALLOWED'}, true"
    })
    void branchesByEachOfTheseFacts(String condition, boolean holds) {
        published.publish(branching(condition.replace("' execution", "', execution")));

        UUID id = world.request("engineer", "app-logs-read", "PT30M");

        assertThat(world.show(id).path("waitsFor").findValuesAsText("name")).containsExactly(holds ? "Yes" : "No");
        assertThat(world.logins()).isEmpty();
    }

    private static String branching(String condition) {
        return """
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="gateway_which"/>
                <bpmn:exclusiveGateway id="gateway_which" default="flow_no"/>
                <bpmn:sequenceFlow id="flow_no" sourceRef="gateway_which" targetRef="task_no"/>
                <bpmn:sequenceFlow id="flow_yes" sourceRef="gateway_which" targetRef="task_yes">
                  <bpmn:conditionExpression id="condition_1" xsi:type="bpmn:tFormalExpression">%s</bpmn:conditionExpression>
                </bpmn:sequenceFlow>
                <bpmn:userTask id="task_yes" name="Yes" camunda:candidateGroups="security"/>
                <bpmn:userTask id="task_no" name="No" camunda:candidateGroups="security"/>
                """.formatted(condition);
    }

    /** Else the task that the condition is there for would be passed by, and nobody would hear of it. */
    @Test
    void refusesAGatewayOfWhichOneWayIsTakenWhateverTheOthersSay() {
        assertThatThrownBy(() -> published.publish(
                        branching("#{asked.masked(execution)}").replace(" default=\"flow_no\"", "")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("(gateway_which)")
                .hasMessageContaining("the way flow_no has no condition")
                .hasMessageContaining("name it as the default");
    }

    @Test
    void refusesAGatewayFromWhichThereMayBeNoWayOn() {
        assertThatThrownBy(
                        () -> published.publish(
                                branching("#{asked.masked(execution)}")
                                        .replace(" default=\"flow_no\"", "")
                                        .replace(
                                                "targetRef=\"task_no\"/>",
                                                "targetRef=\"task_no\"><bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">"
                                                        + "#{!asked.masked(execution)}</bpmn:conditionExpression></bpmn:sequenceFlow>")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("(gateway_which)")
                .hasMessageContaining("name one of its flows as the default");
    }

    @Test
    void refusesATaskWhosePeopleAreNotWrittenOut() {
        assertThatThrownBy(() -> published.publish(branching("#{asked.masked(execution)}")
                        .replace(
                                "name=\"Yes\" camunda:candidateGroups=\"security\"",
                                "camunda:assignee=\"#{accessWindow.requester(execution)}\"")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("(task_yes)")
                .hasMessageContaining("written out");
    }
}
