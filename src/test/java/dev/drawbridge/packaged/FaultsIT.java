package dev.drawbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever breaks: nothing is granted twice, nothing is left open, and the record is complete. */
class FaultsIT {
    private enum Fault {
        KILLED_BEFORE_GRANTING("`kill -9` before the connector's call, at grant"),
        KILLED_WHILE_GRANTING("`kill -9` in the middle of it, at grant"),
        KILLED_AFTER_GRANTING("`kill -9` after it, its answer unheard, at grant"),
        KILLED_BEFORE_REVOKING("`kill -9` before the connector's call, at revoke"),
        KILLED_WHILE_REVOKING("`kill -9` in the middle of it, at revoke"),
        KILLED_AFTER_REVOKING("`kill -9` after it, its answer unheard, at revoke"),
        POSTGRES_RESTARTED("PostgreSQL restarted, the application's and the target"),
        TARGET_DOWN("the target down while grants end"),
        PROCESS_DELETED("the process instance deleted"),
        JOB_DELETED("the revocation job deleted"),
        NEW_VERSION("a new release and a new version of the process, with grants open");

        private final String words;

        Fault(String words) {
            this.words = words;
        }
    }

    private record Outcome(long tries, long leftOpen) {}

    private static final String LATER = "PT5M";
    private static final Map<Fault, Outcome> OUTCOMES = new EnumMap<>(Fault.class);

    private static Database database;
    private static Wire toItsDatabase;
    private static Wire toTheTarget;
    private static RunningJar drawbridge;
    private static Iterator<String> engineers;

    @BeforeAll
    static void start() throws Exception {
        database = Database.start();
        toItsDatabase = new Wire(database.port());
        toTheTarget = new Wire(database.port());
        drawbridge = RunningJar.prepare()
                .with(database.options(toItsDatabase.port(), toTheTarget.port()))
                // Enough for six to be killed in the middle of something.
                .with("--camunda.bpm.job-execution.core-pool-size=8");
        drawbridge.launch();
        engineers = database.engineers(100).iterator();
    }

    @AfterAll
    static void stop() throws Exception {
        System.out.println("\n| fault | tries | left open |\n|---|---|---|");
        OUTCOMES.forEach((fault, outcome) ->
                System.out.println("| " + fault.words + " | " + outcome.tries + " | " + outcome.leftOpen + " |"));
        if (drawbridge != null) {
            drawbridge.close();
        }
        toItsDatabase.close();
        toTheTarget.close();
        database.close();
    }

    @Test
    void killedBeforeTheConnectorsCallTheApplicationGrantsAndRevokesAfterwards() throws Exception {
        Asked ending = ask("PT20S", "PT20S", "PT20S");
        awaitUsable(ending, 3);
        Wire.Hold hold = toItsDatabase.holdBefore(6, "insert into access_grant", "insert into revocation values");
        Asked beginning = ask(LATER, LATER, LATER);

        killAt(hold);
        drawbridge.launch();

        requireOver(Fault.KILLED_BEFORE_REVOKING, ending, 3);
        awaitUsable(beginning, 3);
        beginning.handBack();
        requireOver(Fault.KILLED_BEFORE_GRANTING, beginning, 3);
    }

    @Test
    void killedInTheMiddleOfTheConnectorsCallItGrantsOnceOrNotAtAllAndRevokesAfterwards() throws Exception {
        Asked ending = ask(LATER, LATER, LATER);
        awaitUsable(ending, 3);
        Wire.Hold hold = toTheTarget.holdBefore(6, "create role", "drop role");
        Asked beginning = ask(LATER, LATER, "PT1S");
        ending.handBack();

        killAt(hold);
        drawbridge.launch();

        requireOver(Fault.KILLED_WHILE_REVOKING, ending, 3);
        awaitUsable(beginning, 2);
        beginning.handBack();
        requireOver(Fault.KILLED_WHILE_GRANTING, beginning, 2);
    }

    @Test
    void killedAfterTheConnectorsCallItGrantsOnceOrTakesBackWhatNobodyGotToUseAndSeesThatTheRestIsGone()
            throws Exception {
        Asked ending = ask(LATER, LATER, LATER);
        awaitUsable(ending, 3);
        Wire.Hold hold = toTheTarget.holdAnswerTo(6, "COMMIT");
        Asked beginning = ask(LATER, LATER, "PT1S");
        ending.handBack();

        killAt(hold);
        assertThat(logins(ending)).isZero();
        assertThat(logins(beginning)).isEqualTo(3);
        drawbridge.launch();

        requireOver(Fault.KILLED_AFTER_REVOKING, ending, 3);
        awaitUsable(beginning, 2);
        beginning.handBack();
        requireOver(Fault.KILLED_AFTER_GRANTING, beginning, 2);
    }

    @Test
    void postgresqlRestartedInTheMiddleOfARevocationAndOfOpenGrantsLeavesNothing() throws Exception {
        Asked asked = ask("PT15S", "PT15S", LATER);
        awaitUsable(asked, 3);
        Wire.Hold hold = toTheTarget.holdBefore(1, "drop role");

        hold.await();
        database.restart();
        hold.drop();

        database.await(
                "two have ended by themselves",
                2,
                Database.APPLICATION,
                "select count(*) from access_request_now where outcome = 'EXPIRED' and " + asked.named("id"));
        asked.handBack();
        requireOver(Fault.POSTGRES_RESTARTED, asked, 3);
    }

    @Test
    void whileTheTargetIsDownAccessCountsAsOpenAndItEndsWhenTheTargetIsBack() throws Exception {
        Asked asked = ask("PT15S", "PT15S", "PT15S");
        awaitUsable(asked, 3);

        toTheTarget.cut();
        database.await(
                "all are failing",
                3,
                Database.APPLICATION,
                "select count(*) from open_grant where failures > 0 and " + asked.named("request_id"));
        assertThat(asked.count("access_request_now", "state = 'REVOKING'", "id"))
                .isEqualTo(3);
        toTheTarget.mend();

        requireOver(Fault.TARGET_DOWN, asked, 3);
    }

    @Test
    void deletedProcessInstancesTakeTheirAccessWithThem() throws Exception {
        Asked asked = ask(LATER, LATER, LATER);
        awaitUsable(asked, 3);

        for (String instance : asked.instances()) {
            drawbridge.call("root", "DELETE", "/engine-rest/process-instance/" + instance, "");
        }

        requireOver(Fault.PROCESS_DELETED, asked, 3);
        assertThat(asked.count("revocation", "reason = 'REVOKED'", "request_id"))
                .isEqualTo(3);
    }

    @Test
    void accessWhoseRevocationJobsAreDeletedEndsAllTheSame() throws Exception {
        Asked asked = ask("PT20S", "PT20S", "PT20S");
        awaitUsable(asked, 3);
        // The target has confirmed, but the engine may not have committed: the timers are not there before it has.
        database.await(
                "nothing but timers is left to do",
                0,
                Database.APPLICATION,
                asked.jobs("count(*)", "type_ <> 'timer'"));

        // One that the engine is carrying out just now cannot be deleted, and is gone afterwards by itself.
        for (List<String> jobs = asked.jobs(); !jobs.isEmpty(); jobs = asked.jobs()) {
            for (String job : jobs) {
                drawbridge.call("root", "DELETE", "/engine-rest/job/" + job, "");
            }
        }
        assertThat(asked.count("access_request_now", "state = 'ACTIVE'", "id")).isEqualTo(3);

        requireOver(Fault.JOB_DELETED, asked, 3);
    }

    @Test
    void aNewReleaseWithANewVersionOfTheProcessEndsWhatTheOldOneGranted() throws Exception {
        Asked asked = ask("PT15S", "PT25S", LATER);
        awaitUsable(asked, 3);

        drawbridge.close();
        Path process = drawbridge.folder().resolve("processes/access-request.bpmn");
        Files.writeString(
                process,
                Files.readString(process).replace("Access is active. Completing", "Access is active now. Completing"));
        drawbridge.replaceBy("drawbridge-next.jar");
        drawbridge.launch();

        assertThat(database.number(
                        Database.APPLICATION,
                        "select count(*) from act_re_procdef where key_ = 'access-request' and version_ in (1, 2)"))
                .isEqualTo(2);
        asked.handBack();
        requireOver(Fault.NEW_VERSION, asked, 3);
    }

    private static void killAt(Wire.Hold hold) throws Exception {
        hold.await();
        drawbridge.kill();
        hold.drop();
    }

    private static Asked ask(String... durations) throws Exception {
        Map<String, String> asked = new LinkedHashMap<>();
        for (String duration : durations) {
            String engineer = engineers.next();
            String answer = drawbridge.call(
                    engineer,
                    "POST",
                    "/api/v1/access-requests",
                    "{\"entitlement\":\"app-logs-read\",\"duration\":\"" + duration
                            + "\",\"justification\":\"To see what becomes of it\"}");
            assertThat(answer).contains("\"outcome\":\"ALLOWED\"");
            asked.put(new ObjectMapper().readTree(answer).get("id").asText(), engineer);
        }
        return new Asked(asked);
    }

    /** One login for each that is usable, and none beside. */
    private static void awaitUsable(Asked asked, int usable) throws Exception {
        database.await(
                "the access is usable",
                usable,
                Database.APPLICATION,
                "select count(*) from grant_confirmation where " + asked.named("request_id"));
        database.await("each has one login", usable, Database.ORDERS, asked.logins());
    }

    private static long logins(Asked asked) throws Exception {
        return database.number(Database.ORDERS, asked.logins());
    }

    private static void requireOver(Fault fault, Asked asked, int usable) throws Exception {
        int tries = asked.engineers().size();
        try {
            database.await(
                    fault.words + ": every request has ended",
                    tries,
                    Database.APPLICATION,
                    "select count(*) from access_request_now where state = 'ENDED' and " + asked.named("id"));
            database.await(
                    fault.words + ": no process is left",
                    0,
                    Database.APPLICATION,
                    "select count(*) from act_ru_execution e join access_request r on r.process_instance_id = e.proc_inst_id_ where "
                            + asked.named("r.id"));
        } finally {
            long open = Math.max(logins(asked), asked.count("open_grant", "true", "request_id"));
            OUTCOMES.put(fault, new Outcome(tries, open));
        }
        assertThat(OUTCOMES.get(fault).leftOpen).isZero();
        assertThat(asked.count("access_grant", "true", "request_id")).isEqualTo(tries);
        assertThat(asked.count("grant_confirmation", "true", "request_id")).isEqualTo(usable);
        assertThat(asked.count("revocation_confirmation", "true", "request_id")).isEqualTo(tries);
        assertThat(asked.count("access_request_now", "outcome = 'FAILED'", "id"))
                .isEqualTo(tries - usable);
        for (String kind :
                new String[] {"request-submitted", "verdict-given", "revocation-ordered", "access-revoked"}) {
            assertThat(asked.toldOnce(kind)).as(kind).isEqualTo(tries);
        }
        assertThat(asked.toldOnce("access-granted")).isEqualTo(usable);
    }

    /** Requests, and who made each. */
    private record Asked(Map<String, String> engineers) {
        String named(String column) {
            return column + "::text in ('" + String.join("', '", engineers.keySet()) + "')";
        }

        /** By what the target says each login is for: a second one of the same request would be counted too. */
        String logins() {
            return "select count(*) from pg_roles r join pg_shdescription d on d.objoid = r.oid where substr(d.description, 16, 36)"
                    + " in ('" + String.join("', '", engineers.keySet()) + "')";
        }

        long count(String table, String which, String column) throws Exception {
            return database.number(
                    Database.APPLICATION,
                    "select count(*) from " + table + " where " + which + " and " + named(column));
        }

        /** How many have this in their trail; that any of them has it twice is no number at all. */
        long toldOnce(String kind) throws Exception {
            return database.number(
                    Database.APPLICATION,
                    "select case when count(*) = count(distinct request_id) then count(*) else -1 end from audit_entry"
                            + " where kind = ? and " + named("request_id"),
                    kind);
        }

        List<String> instances() throws Exception {
            return database.texts(
                    Database.APPLICATION, "select process_instance_id from access_request where " + named("id"));
        }

        List<String> jobs() throws Exception {
            return database.texts(Database.APPLICATION, jobs("j.id_", "true"));
        }

        String jobs(String column, String which) {
            return "select " + column + " from act_ru_job j join access_request r"
                    + " on r.process_instance_id = j.process_instance_id_ where " + which + " and " + named("r.id");
        }

        /** Those that have ended by now refuse it. */
        void handBack() throws Exception {
            for (Map.Entry<String, String> request : engineers.entrySet()) {
                drawbridge.call(
                        request.getValue(), "POST", "/api/v1/access-requests/" + request.getKey() + "/return", "");
            }
        }
    }
}
