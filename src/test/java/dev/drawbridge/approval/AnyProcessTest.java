package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Whatever a process does, with forks, loops and any bean anywhere: access needs every level's agreement as it was given,
 * and what is on record as said was said, by whom it is said to be.
 */
@DrawbridgeTest
class AnyProcessTest {
    private static final int PROCESSES = Integer.getInteger("drawbridge.any-process.tries", 40);
    private static final int STEPS = 18;
    private static final List<String> PEOPLE =
            List.of("manager", "manager", "manager", "owner", "owner", "owner2", "security", "engineer", "engineer");

    private static final Set<UUID> GRANTED = new HashSet<>();

    @Autowired
    World world;

    ProcessOfOnesOwn published;

    private record Said(String by, String what, String words) {}

    static LongStream seeds() {
        long first = Long.getLong("drawbridge.any-process.seed", 20_261_125L);
        return LongStream.range(first, first + PROCESSES);
    }

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
        published = new ProcessOfOnesOwn(world.engine());
    }

    @AfterAll
    static void someWereGranted() {
        assertThat(GRANTED).as("else nothing was tried").isNotEmpty();
    }

    @AfterEach
    void takeBack() {
        published.takeBack();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void grantsNothingWithoutEveryLevelsAgreementAndRecordsNoWordThatNobodySaid(long seed) {
        Random random = new Random(seed);
        String process = RandomProcess.with(random);
        published.publish(process);
        Answer asked = world.post("engineer", "/api/v1/access-requests", World.ask("orders-write", "PT1H"));
        if (asked.status() != 201) {
            // A step that fails at once takes the request back.
            assertThat(world.logins()).isEmpty();
            return;
        }
        UUID id = UUID.fromString(asked.get("id"));
        List<Said> said = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            act(random, id, said, step);
            check(id, said, process);
        }
        world.pass(Duration.ofHours(2));
        world.sweep();
        check(id, said, process);
        assertThat(world.logins()).as("nothing outlives its time: %s", process).isEmpty();
    }

    private void act(Random random, UUID id, List<Said> said, int step) {
        String who = PEOPLE.get(random.nextInt(PEOPLE.size()));
        String words = "words " + step;
        switch (random.nextInt(8)) {
            case 0 -> world.pass(Duration.ofMinutes(1));
            case 1 -> {
                if (world.act(who, id, "withdrawal", null).status() == 200) {
                    said.add(new Said(who, "withdraw", ""));
                }
            }
            case 2 -> {
                if (world.act(who, id, "return", null).status() == 200) {
                    said.add(new Said(who, "return", ""));
                }
            }
            default -> complete(random, id, said, who, words);
        }
        world.runDueJobs();
    }

    private void complete(Random random, UUID id, List<Said> said, String anybody, String words) {
        String who = anybody;
        List<Task> open = world.engine()
                .getTaskService()
                .createTaskQuery()
                .processInstanceId(world.instanceOf(id))
                .list();
        if (open.isEmpty()) {
            return;
        }
        Task task = open.get(random.nextInt(open.size()));
        String decision = List.of("approve", "approve", "approve", "approve", "approve", "reject", "ask")
                .get(random.nextInt(7));
        Map<String, String> form = new HashMap<>();
        boolean asked = "task_answerQuestion".equals(task.getTaskDefinitionKey());
        boolean decides = "task_approveAccess".equals(task.getTaskDefinitionKey());
        if (decides && random.nextInt(3) > 0) {
            // Whose turn it is: else hardly anything would ever be agreed to.
            who = said.stream().noneMatch(AnyProcessTest::isApproval) ? "manager" : "owner";
        }
        if (asked) {
            form.put("answer", words);
        } else if (decides) {
            form.put("decision", decision);
            form.put("comment", words);
        } else if (random.nextBoolean()) {
            form.put("note", words);
        }
        boolean taken = world.post(
                                who,
                                "/engine-rest/task/" + task.getId() + "/complete",
                                Map.of("variables", ProcessOfOnesOwn.typed(form)))
                        .status()
                == 204;
        if (taken && (asked || decides)) {
            said.add(new Said(who, asked ? "answer" : decision, words));
        } else if (taken && "task_useAccess".equals(task.getTaskDefinitionKey())) {
            said.add(new Said(who, "return", ""));
        }
    }

    private void check(UUID id, List<Said> said, String process) {
        JsonNode request = world.show(id);
        assertThat(recorded(request))
                .as("what is on record as said: %s", process)
                .containsExactlyInAnyOrderElementsOf(said.stream()
                        .filter(one -> List.of("approve", "reject").contains(one.what()))
                        .toList());
        assertThat(thread(id))
                .as("questions and answers: %s", process)
                .containsExactlyInAnyOrderElementsOf(said.stream()
                        .filter(one -> List.of("ask", "answer").contains(one.what()))
                        .toList());
        assertThat(request.path("requester").asText()).isEqualTo("engineer");
        boolean granted = !request.path("grant").isNull();
        if (granted || !world.logins().isEmpty()) {
            GRANTED.add(id);
            assertThat(said).as(process).noneMatch(one -> one.what().equals("reject"));
            assertThat(said).as(process).anyMatch(one -> one.by().equals("manager") && isApproval(one));
            assertThat(said).as(process).anyMatch(one -> one.by().startsWith("owner") && isApproval(one));
        }
        switch (request.path("outcome").asText()) {
            case "REJECTED" ->
                assertThat(said).as(process).anyMatch(one -> one.what().equals("reject"));
            case "WITHDRAWN" -> assertThat(said).as(process).contains(new Said("engineer", "withdraw", ""));
            case "RETURNED" -> assertThat(said).as(process).contains(new Said("engineer", "return", ""));
            default -> assertThat(request.path("outcome").asText()).as(process).isNotEqualTo("TIMED_OUT");
        }
    }

    private static boolean isApproval(Said one) {
        return one.what().equals("approve");
    }

    private static List<Said> recorded(JsonNode request) {
        List<Said> recorded = new ArrayList<>();
        request.path("approvals")
                .forEach(given -> recorded.add(new Said(
                        given.path("approver").asText(),
                        given.path("decision").asText(),
                        given.path("comment").asText())));
        return recorded;
    }

    private List<Said> thread(UUID id) {
        return world.jdbc()
                .sql("""
                        select asked_by as by, 'ask' as what, text as words from question where request_id = :id
                        union all
                        select r.requester, 'answer', a.text from answer a
                        join question q on q.id = a.question_id join access_request r on r.id = q.request_id
                        where q.request_id = :id
                        """)
                .param("id", id)
                .query((row, number) -> new Said(row.getString("by"), row.getString("what"), row.getString("words")))
                .list();
    }

    /** Steps in any order. Only what waits for somebody, or for time, may lead back: nothing runs in circles by itself. */
    private static final class RandomProcess {
        private static final List<String> BEANS = List.of(
                "checkGuardrails",
                "grantAccess",
                "grantAccess",
                "extendAccess",
                "revokeAccess",
                "moveEnd",
                "tellEndsSoon",
                "remindApprovers",
                "escalateApproval");
        private static final List<String> FIXED =
                List.of("task_approveAccess", "task_approveAccess", "task_answerQuestion", "task_useAccess");
        private static final List<String> ENDS =
                List.of("endEvent_rejected", "endEvent_timedOut", "endEvent_withdrawn", "endEvent_returned");

        private final Random random;
        private final List<String> ids = new ArrayList<>();
        private final Map<String, String> elements = new HashMap<>();
        private final List<String> waiting = new ArrayList<>();
        private int flows;

        private RandomProcess(Random random) {
            this.random = random;
        }

        static String with(Random random) {
            return new RandomProcess(random).written();
        }

        private String written() {
            int size = 4 + random.nextInt(7);
            IntStream.range(0, size).forEach(this::node);
            if (random.nextInt(3) > 0) {
                service("task_last", "grantAccess", true);
            }
            end(ENDS.get(random.nextInt(ENDS.size())));
            StringBuilder process = new StringBuilder();
            ids.forEach(id -> process.append(elements.get(id)).append('\n'));
            process.append(flow("task_checkGuardrails", ids.get(0), ""));
            for (int at = 0; at < ids.size() - 1; at++) {
                process.append(leading(at));
            }
            return process.toString();
        }

        private void node(int number) {
            switch (random.nextInt(6)) {
                case 0, 1 ->
                    service("task_step" + number, BEANS.get(random.nextInt(BEANS.size())), random.nextInt(3) > 0);
                case 2, 3 -> fixed(number);
                case 4 -> gateway(number);
                default -> other(number);
            }
        }

        private void service(String id, String bean, boolean waits) {
            add(
                    id,
                    "<bpmn:serviceTask id=\"" + id + "\"" + (waits ? " camunda:asyncBefore=\"true\"" : "")
                            + " camunda:delegateExpression=\"#{" + bean + "}\"/>");
        }

        private void fixed(int number) {
            String id = FIXED.get(random.nextInt(FIXED.size()));
            if (ids.contains(id)) {
                other(number);
                return;
            }
            String who = id.equals("task_approveAccess")
                    ? "camunda:candidateGroups=\"managers,orders-owners,security,engineers\""
                    : "camunda:assignee=\"engineer\"";
            add(id, "<bpmn:userTask id=\"" + id + "\" " + who + "/>");
            waiting.add(id);
        }

        private void other(int number) {
            String id = "task_other" + number;
            add(id, "<bpmn:userTask id=\"" + id + "\" camunda:candidateGroups=\"managers,engineers\"/>");
            waiting.add(id);
        }

        private void gateway(int number) {
            String id = "gateway_" + number;
            String kind = List.of("parallelGateway", "exclusiveGateway", "inclusiveGateway")
                    .get(random.nextInt(3));
            add(id, "<bpmn:" + kind + " id=\"" + id + "\"/>");
        }

        private void end(String id) {
            add(id, "<bpmn:endEvent id=\"" + id + "\"/>");
        }

        private void add(String id, String element) {
            ids.add(id);
            elements.put(id, element);
        }

        private String leading(int at) {
            String from = ids.get(at);
            StringBuilder leading = new StringBuilder(flow(from, ids.get(at + 1), ""));
            if (!elements.get(from).contains("exclusiveGateway") && random.nextInt(3) == 0) {
                leading.append(flow(from, ids.get(at + 1 + random.nextInt(ids.size() - at - 1)), ""));
            }
            boolean approves = from.equals("task_approveAccess");
            if (waiting.contains(from) && (approves || random.nextInt(3) == 0)) {
                String when =
                        approves ? "#{levelOutcome != 'rejected'}" : "#{asked.verdict(execution) == 'NEEDS_APPROVAL'}";
                leading.append(flow(
                        from,
                        approves ? from : ids.get(random.nextInt(at + 1)),
                        "<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">" + when
                                + "</bpmn:conditionExpression>"));
            }
            return leading.toString();
        }

        private String flow(String from, String to, String condition) {
            return "<bpmn:sequenceFlow id=\"flow_any" + flows++ + "\" sourceRef=\"" + from + "\" targetRef=\"" + to
                    + "\">" + condition + "</bpmn:sequenceFlow>\n";
        }
    }
}
