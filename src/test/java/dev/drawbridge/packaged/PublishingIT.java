package dev.drawbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.testing.Parts;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes under load, while one publication follows the other: nobody is refused for it, and nothing is judged by a mixture. */
class PublishingIT {
    private static final int TIMES = Integer.getInteger("drawbridge.publishing.times", 20);
    private static final Duration MOST = Duration.ofSeconds(20);
    private static final String RULE = "rules/duration/low-longer-than-an-hour.drl";
    private static final String LEVELS = "rules/levels.yaml";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<RunningJar> NODES = new ArrayList<>();
    private static final ExecutorService PEOPLE = Executors.newFixedThreadPool(8);
    private static Database database;
    private static String owner;
    private static List<String> engineers;

    @BeforeAll
    static void start() throws Exception {
        database = Database.start();
        for (int node = 0; node < 2; node++) {
            NODES.add(RunningJar.prepare()
                    .with(database.options(database.port(), database.port()))
                    .memory("400m"));
        }
        List<Future<?>> starting = new ArrayList<>();
        NODES.forEach(node -> starting.add(PEOPLE.submit(node::launch)));
        for (Future<?> start : starting) {
            start.get();
        }
        engineers = database.engineers(5);
        owner = engineers.get(4);
        database.join(owner, "process-owners");
        database.join(owner, "managers");
    }

    @AfterAll
    static void stop() throws Exception {
        PEOPLE.shutdown();
        for (RunningJar node : NODES) {
            node.close();
        }
        database.close();
    }

    /** What somebody was answered, and by which publication it says so. */
    private record Answered(int node, JsonNode verdict) {
        long publication() {
            return verdict.path("publication").asLong();
        }
    }

    @Test
    void refusesNobodyAndMixesNothingWhileOnePublicationFollowsTheOther() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<Future<List<Answered>>> asking = new ArrayList<>();
        for (int person = 0; person < 4; person++) {
            String who = engineers.get(person);
            int node = person % 2;
            asking.add(PEOPLE.submit(() -> ask(who, node, over)));
        }
        Map<Long, Integer> marks = new ConcurrentHashMap<>();
        List<Double> lags = new ArrayList<>();
        for (int mark = 1; mark <= TIMES; mark++) {
            int at = mark % 2;
            HttpResponse<String> made = NODES.get(at).send(owner, "/api/v1/publications", marked(mark));
            long since = System.nanoTime();
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            long number = JSON.readTree(made.body()).path("number").asLong();
            marks.put(number, mark);
            awaitInForce(1 - at, number);
            lags.add((System.nanoTime() - since) / 1e9);
        }
        over.set(true);
        List<Answered> answers = new ArrayList<>();
        for (Future<List<Answered>> one : asking) {
            answers.addAll(one.get());
        }
        Collections.sort(lags);
        System.out.printf(
                "%n%d publications, one after the other, %d requests meanwhile on two nodes: the other node goes by it after"
                        + " p50 %.2f s, max %.2f s%n",
                TIMES, answers.size(), lags.get(TIMES / 2), lags.get(TIMES - 1));
        assertThat(answers).hasSizeGreaterThan(TIMES).allSatisfy(answer -> isOfOne(answer, marks));
    }

    private static Parts marked(int mark) throws Exception {
        return new Parts()
                .file(
                        RULE,
                        Files.readString(Path.of(RULE))
                                .replace("needs your manager", "needs your manager, says " + mark))
                .file(
                        LEVELS,
                        Files.readString(Path.of(LEVELS))
                                .replaceFirst("deadline: \\S+", "deadline: PT" + (100 + mark) + "H"));
    }

    /** Asks and withdraws, again and again. */
    private static List<Answered> ask(String who, int node, AtomicBoolean over) throws Exception {
        List<Answered> answers = new ArrayList<>();
        while (!over.get()) {
            HttpResponse<String> asked = NODES.get(node)
                    .exchange(
                            who,
                            "POST",
                            "/api/v1/access-requests",
                            "{\"entitlement\":\"app-logs-read\",\"duration\":\"PT2H\",\"justification\":\"There is a lot to read\"}");
            assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
            JsonNode request = JSON.readTree(asked.body());
            answers.add(new Answered(node, request.path("verdict")));
            HttpResponse<String> withdrawn = NODES.get(1 - node)
                    .exchange(
                            who,
                            "POST",
                            "/api/v1/access-requests/" + request.path("id").asText() + "/withdrawal",
                            "{}");
            assertThat(withdrawn.statusCode())
                    .as(withdrawn.body() + " of "
                            + trail(who, request.path("id").asText()))
                    .isLessThan(300);
        }
        return answers;
    }

    private static String trail(String who, String id) throws Exception {
        return NODES.get(0).call(who, "GET", "/api/v1/access-requests/" + id, "")
                + NODES.get(0).call(who, "GET", "/api/v1/access-requests/" + id + "/trail", "");
    }

    private static void isOfOne(Answered answer, Map<Long, Integer> marks) {
        Integer mark = marks.get(answer.publication());
        String text = answer.verdict().toString();
        if (mark == null) {
            assertThat(text).doesNotContain("says ").contains("\"PT20H\"");
        } else {
            assertThat(text).contains("says " + mark + ".", "\"PT" + (100 + mark) + "H\"");
        }
    }

    private static void awaitInForce(int node, long number) throws Exception {
        long until = System.nanoTime() + MOST.toNanos();
        while (System.nanoTime() < until) {
            HttpResponse<String> preview = NODES.get(node)
                    .exchange(
                            owner,
                            "POST",
                            "/api/v1/access-requests/preview",
                            "{\"entitlement\":\"app-logs-read\",\"duration\":\"PT2H\",\"justification\":\"Just to see it\"}");
            if (JSON.readTree(preview.body())
                            .path("verdict")
                            .path("publication")
                            .asLong()
                    >= number) {
                return;
            }
            if (new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("not reached");
            }
        }
        throw new AssertionError("Publication " + number + " is not in force on the other node after " + MOST);
    }
}
