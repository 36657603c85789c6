package dev.drawbridge.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.drawbridge.grant.Access;
import dev.drawbridge.platform.EmbeddedPostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngines;
import org.camunda.bpm.engine.runtime.Job;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/** Does what people do, over HTTP and as themselves, and looks at what has come of it. */
public class World {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final ServletWebServerApplicationContext server;
    private final TestClock clock;
    private final ProcessEngine engine;
    private final JdbcClient jdbc;
    private final EmbeddedPostgresServer postgres;

    World(
            ServletWebServerApplicationContext server,
            TestClock clock,
            ProcessEngine engine,
            JdbcClient jdbc,
            EmbeddedPostgresServer postgres) {
        this.server = server;
        this.clock = clock;
        this.engine = engine;
        this.jdbc = jdbc;
        this.postgres = postgres;
    }

    /** The Tuesday noon of a week that no test has seen yet, with nothing left open that an earlier test began. */
    public void startAfresh() {
        // The engine's own doors lead to the engine that was made last, which may be that of other settings.
        ProcessEngines.registerProcessEngine(engine);
        whatIsOpenAgreesWithTheFacts();
        clock.set(latest().atZone(BERLIN)
                .with(TemporalAdjusters.next(DayOfWeek.TUESDAY))
                .truncatedTo(ChronoUnit.DAYS)
                .withHour(12)
                .toInstant());
        engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processDefinitionKey("access-request")
                .list()
                .forEach(left -> engine.getRuntimeService().deleteProcessInstance(left.getId(), "another test's"));
        jdbc.sql("insert into deputy_dismissal select id, :now from deputy on conflict do nothing")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        sweep();
    }

    /** Whatever has happened: each index of what is open says what the facts say. */
    public void whatIsOpenAgreesWithTheFacts() {
        List<String> differing = jdbc.sql("""
                        select index_name || ' ' || request_id from open_indexes_differing(
                            '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                        union all
                        (select 'mail_waiting ' || mail_id from mail_waiting_by_the_facts
                         full join mail_waiting kept using (mail_id, written_at, next_try_at, failures)
                         where kept.mail_id is null or not exists (
                             select 1 from mail_waiting_by_the_facts fact where fact.mail_id = kept.mail_id))
                        union all
                        (select 'open_discrepancy ' || d.id from discrepancy d
                         left join discrepancy_settled s on s.discrepancy_id = d.id
                         left join open_discrepancy o on o.discrepancy_id = d.id
                         where (s.discrepancy_id is null) <> (o.discrepancy_id is not null))
                        union all
                        (select 'request_reader ' || request_id || reader from (
                             select reader, is_group, generation, request_id, requester, entitlement, submitted_at
                             from request_reader_by_the_facts
                             except table request_reader) missing)
                        """).query(String.class).list();
        if (!differing.isEmpty()) {
            throw new AssertionError("Not what the facts say: " + differing);
        }
    }

    /** A test may have gone back in time: what another did later must not count as lately. */
    private Instant latest() {
        Instant recorded = jdbc.sql("select coalesce(max(at), timestamptz '1970-01-01Z') from audit_entry")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
        return recorded.isAfter(clock.instant()) ? recorded : clock.instant();
    }

    /** What the sweeper does every few seconds in the running product. */
    public void sweep() {
        runScheduled("Notices");
        runScheduled("LookAtEverything");
        runScheduled("Sweeper");
        runScheduled("LetGoTogether");
    }

    /** Runs now what a component does every few seconds in the running product. */
    public void runScheduled(String component) {
        server.getBean(ScheduledTaskHolder.class).getScheduledTasks().stream()
                .filter(task -> task.toString().contains(component))
                .forEach(task -> task.getTask().getRunnable().run());
    }

    public String url(String path) {
        return "http://localhost:" + server.getWebServer().getPort() + path;
    }

    public TestClock clock() {
        return clock;
    }

    public ProcessEngine engine() {
        return engine;
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    /** Lets time pass and does what falls due. */
    public void pass(Duration time) {
        clock.advance(time);
        runDueJobs();
    }

    /** Runs every job of an access request that is due, until none is; one that fails waits for its next try. */
    public void runDueJobs() {
        for (int round = 0; round < 50; round++) {
            List<Job> due = engine.getManagementService()
                    .createJobQuery()
                    .processDefinitionKey("access-request")
                    .executable()
                    .list();
            if (due.isEmpty()) {
                return;
            }
            for (Job job : due) {
                try {
                    engine.getManagementService().executeJob(job.getId());
                } catch (RuntimeException failed) {
                    // As in the running product: the engine counts the try, and the test looks at what is left.
                }
            }
        }
    }

    public Answer get(String who, String path) {
        return call(who, "GET", path, null);
    }

    public Answer post(String who, String path, Object body) {
        return call(who, "POST", path, body);
    }

    /** The body of a request for access. */
    public static Map<String, String> ask(String entitlement, String duration) {
        Map<String, String> ask = new HashMap<>();
        ask.put("entitlement", entitlement);
        ask.put("duration", duration);
        ask.put("justification", "Find out why the checkout is slow");
        ask.put("ticket", "OPS-1234");
        return ask;
    }

    public static Map<String, String> ask(String entitlement, String duration, String field, String value) {
        Map<String, String> ask = ask(entitlement, duration);
        ask.put(field, value);
        return ask;
    }

    /** Asks for access and lets what follows at once follow; the id of the request. */
    public UUID request(String who, Map<String, String> ask) {
        Answer answer = post(who, "/api/v1/access-requests", ask);
        if (answer.status() != 201) {
            throw new AssertionError("Not taken: " + answer.status() + " " + answer.text());
        }
        runDueJobs();
        return UUID.fromString(answer.get("id"));
    }

    public UUID request(String who, String entitlement, String duration) {
        return request(who, ask(entitlement, duration));
    }

    public Answer decide(String who, UUID id, String decision) {
        Answer answer = post(
                who,
                "/api/v1/access-requests/" + id + "/decision",
                Map.of("decision", decision, "comment", "I have looked at it"));
        runDueJobs();
        return answer;
    }

    public Answer act(String who, UUID id, String what, Object body) {
        Answer answer = post(who, "/api/v1/access-requests/" + id + "/" + what, body);
        runDueJobs();
        return answer;
    }

    /** The request, as an auditor sees it. */
    public JsonNode show(UUID id) {
        return get("auditor", "/api/v1/access-requests/" + id).json();
    }

    public String state(UUID id) {
        return show(id).path("state").asText();
    }

    public String outcome(UUID id) {
        return show(id).path("outcome").asText();
    }

    /** All sentences of the request's story. */
    public List<String> trail(UUID id) {
        return get("auditor", "/api/v1/access-requests/" + id + "/trail").json().findValuesAsText("sentence");
    }

    /** The latest entry of the whole record. */
    public String lastEntry() {
        return jdbc.sql("select actor || ': ' || sentence from audit_entry order by id desc limit 1")
                .query(String.class)
                .single();
    }

    public String instanceOf(UUID id) {
        return jdbc.sql("select process_instance_id from access_request where id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }

    /** Whether the login of this request is on the target. */
    public boolean loginExists(UUID id) {
        return logins().contains(Access.principalFor(id));
    }

    /** Every login on the target that belongs to a grant. */
    public List<String> logins() {
        return query("select rolname from pg_roles where rolname ~ '^drawbridge_[0-9a-f]{12}$' order by 1");
    }

    /** How many grants were ever decided on. */
    public int grants() {
        return jdbc.sql("select count(*) from access_grant")
                .query(Integer.class)
                .single();
    }

    /** One column, as the superuser of the target. */
    public List<String> query(String sql) {
        try (Connection superuser = postgres.superuser("orders")) {
            return values(superuser, sql);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    public void superuser(String database, String sql) {
        try (Connection superuser = postgres.superuser(database);
                var statement = superuser.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Reveals the credential and connects with it. */
    public Connection connect(String who, UUID id) throws SQLException {
        Answer credential = act(who, id, "credentials", null);
        if (credential.status() != 200) {
            throw new AssertionError("Not revealed: " + credential.text());
        }
        return DriverManager.getConnection(
                postgres.url("orders"), credential.get("username"), credential.get("password"));
    }

    public static List<String> values(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new java.util.ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /** Takes the target away from the product, as if it were down; what is given runs meanwhile. */
    public void whileTheTargetIsDown(Runnable work) {
        superuser("postgres", "alter role drawbridge_connector nologin");
        superuser(
                "postgres",
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = 'drawbridge_connector'");
        try {
            work.run();
        } finally {
            superuser("postgres", "alter role drawbridge_connector login");
        }
    }

    public Answer call(String who, String method, String path, Object body) {
        try {
            HttpRequest.Builder request = requestOf(who, path);
            if (body != null) {
                request.header("Content-Type", "application/json");
            }
            String text = body == null ? "" : body instanceof String raw ? raw : json.writeValueAsString(body);
            return answered(request.method(method, HttpRequest.BodyPublishers.ofString(text)));
        } catch (JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Sends a body in several parts. */
    public Answer send(String who, String path, Parts parts) {
        return answered(requestOf(who, path)
                .header("Content-Type", Parts.type())
                .POST(HttpRequest.BodyPublishers.ofByteArray(parts.body())));
    }

    /** As who shows this token. */
    public Answer bearing(String token, String method, String path, Object body) {
        try {
            HttpRequest.Builder request = requestOf(null, path).header("Authorization", "Bearer " + token);
            if (body != null) {
                request.header("Content-Type", "application/json");
            }
            return answered(request.method(
                    method, HttpRequest.BodyPublishers.ofString(body == null ? "" : json.writeValueAsString(body))));
        } catch (JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private HttpRequest.Builder requestOf(String who, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)));
        if (who != null) {
            String pair = Base64.getEncoder().encodeToString((who + ":" + who).getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + pair);
        }
        return request;
    }

    private Answer answered(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), parsed(response.body()), response.body(), response.headers());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private JsonNode parsed(String text) {
        try {
            JsonNode tree = json.readTree(text);
            return tree == null ? NullNode.getInstance() : tree;
        } catch (JsonProcessingException notJson) {
            return NullNode.getInstance();
        }
    }
}
