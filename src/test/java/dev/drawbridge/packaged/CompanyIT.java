package dev.drawbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.testing.MailServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A company that has never seen the demonstration: follows the guide to the letter, with servers, people and rules of its own, and
 * then changes everything while access is held.
 */
class CompanyIT {
    private static final Path COMPANY = Path.of("src", "test", "resources", "company");
    private static final String RECORDS = "records.clinic.example";
    private static final String DATA = "data.clinic.example";
    private static final String IN_THE_HOUSE = "10.1.44.7";
    private static final Map<String, String> CHANGE = Map.of("ticket", "CHG0040410");
    private static final Map<String, String> NO_TICKET = Map.of();

    private static final ExecutorService HANDS = Executors.newCachedThreadPool();
    private static final List<AutoCloseable> STARTED = new ArrayList<>();

    private static Guide guide;
    private static OwnPostgres records;
    private static OwnPostgres data;
    private static OwnPostgres newData;
    private static List<RunningJar> nodes;
    private static Nginx nginx;
    private static Clinic clinic;
    /** What the nodes are started with, by now. */
    private static final Map<String, String> VARIABLES = new HashMap<>();

    private static String finnReads;
    private static String finnWrites;

    @BeforeAll
    static void followTheGuide() throws Exception {
        Tools.require("nginx");
        Tools.require("sh");
        Tools.require("curl");
        List<Future<OwnPostgres>> servers = List.of(
                HANDS.submit(OwnPostgres::start), HANDS.submit(OwnPostgres::start), HANDS.submit(OwnPostgres::start));
        records = kept(servers.get(0).get());
        data = kept(servers.get(1).get());
        newData = kept(servers.get(2).get());
        int port = Nginx.freePort();
        guide = Guide.read(Path.of("src", "docs", "guides", "your-own.md"))
                .with(Map.of(
                        RECORDS + ":5432",
                        records.address(),
                        DATA + ":5432",
                        data.address(),
                        "https://drawbridge.clinic.example",
                        "http://127.0.0.1:" + port,
                        "mail.clinic.example",
                        "localhost",
                        "port: 25",
                        "port: " + MailServer.running().getSmtp().getPort(),
                        "address: 0.0.0.0",
                        "address: 127.0.0.1"));
        MailServer.running().purgeEmailFromAllMailboxes();

        prepareServer(RECORDS, records);
        Future<?> moved = HANDS.submit(() -> prepareTargets(newData));
        prepareTargets(data);
        VARIABLES.putAll(guide.variables());
        nodes = List.of(node(), node());
        startAll();
        moved.get();
        nginx = kept(Nginx.start(
                port,
                nodes.stream().map(RunningJar::node).toList(),
                false,
                " set_real_ip_from 127.0.0.1;\n real_ip_header " + Clinic.DESK + ";\n"));
        clinic = new Clinic(nginx.origin());
    }

    @AfterAll
    static void stop() throws Exception {
        HANDS.shutdown();
        for (int last = STARTED.size() - 1; last >= 0; last--) {
            STARTED.get(last).close();
        }
    }

    private static <T extends AutoCloseable> T kept(T started) {
        STARTED.add(started);
        return started;
    }

    private static void prepareServer(String name, OwnPostgres server) throws SQLException {
        for (Guide.Sql sql : guide.sql()) {
            if (sql.server().equals(name)) {
                for (String database : sql.databases()) {
                    server.run(database, sql.statements());
                }
            }
        }
    }

    /** What the clinic had before: two databases. */
    private static Void prepareTargets(OwnPostgres server) throws Exception {
        server.run("postgres", List.of("create database billing", "create database personnel"));
        server.run("billing", List.of("create table invoices (patient text)", "insert into invoices values ('Ida')"));
        server.run(
                "personnel", List.of("create table contracts (person text)", "insert into contracts values ('Finn')"));
        prepareServer(DATA, server);
        server.restart();
        return null;
    }

    /** The folder that the guide describes. */
    private static RunningJar node() throws Exception {
        RunningJar node = RunningJar.prepare()
                .rules(COMPANY.resolve("rules"))
                .jvm(jvm())
                .with("--drawbridge.reconciliation.every=PT3S", "--drawbridge.readiness.every=PT3S");
        Files.copy(
                COMPANY.resolve("processes").resolve("access-request.bpmn"),
                node.folder().resolve("processes").resolve("access-request.bpmn"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(node.folder().resolve("application.yaml"), guide.only("yaml"));
        Files.createDirectories(node.folder().resolve("secrets"));
        Files.writeString(node.folder().resolve("secrets").resolve("data"), "change-me-data");
        Files.writeString(node.folder().resolve("rules").resolve("calendar.yaml"), calendar());
        return kept(node);
    }

    /** The options of the guide, and one compiler: see {@link RunningJar}. */
    private static List<String> jvm() {
        String command = guide.commands("exec java");
        List<String> options = new ArrayList<>(
                List.of(command.replaceAll("(?s).*exec java (.*) -jar .*", "$1").split(" +", -1)));
        options.add("-XX:TieredStopAtLevel=1");
        return options;
    }

    /** Hours in which the test always runs. */
    private static String calendar() {
        StringBuilder always =
                new StringBuilder("zone: Europe/Zurich\nzones: {}\nweekend: []\nholidays: []\nofficeHours:\n");
        for (DayOfWeek day : DayOfWeek.values()) {
            always.append("  ").append(day).append(": {from: \"00:00\", to: \"24:00\"}\n");
        }
        return always
                + "changeFreezes:\n  - {from: \"2026-01-29T16:00:00Z\", to: \"2026-02-02T06:00:00Z\", reason: Month's end,"
                + " systems: [billing-prod]}\nmaintenanceWindows:\n  - {days: " + List.of(DayOfWeek.values())
                + ", from: \"00:00\", to: \"24:00\", environments: [production]}\n";
    }

    private static void startAll() throws Exception {
        List<Future<?>> starting = new ArrayList<>();
        for (RunningJar node : nodes) {
            node.variables(Map.copyOf(VARIABLES));
            starting.add(HANDS.submit(node::launch));
        }
        for (Future<?> start : starting) {
            start.get();
        }
    }

    @Test
    void asksGrantsChangesEverythingAndEndsWithNothingOpen() throws Exception {
        theFirstRequestIsThatOfTheGuide();
        theRulesAreThoseOfTheCompany();
        Held held = everybodyHoldsOrWaitsForSomething();
        theCatalogChangesOnOneNodeAfterTheOther(held);
        theTargetsMoveToAnotherServer(held);
        theDatabaseIsRestoredAsItWasAndTheOldServerComesBack(held);
        nothingIsOpenInTheEnd();
    }

    /** Requests, by who has asked and for what. */
    private static final class Held {
        private final Map<String, String> requests = new HashMap<>();

        void put(String what, String id) {
            requests.put(what, id);
        }

        String of(String what) {
            return Objects.requireNonNull(requests.get(what), what);
        }
    }

    private void theFirstRequestIsThatOfTheGuide() throws Exception {
        assertThat(shell(guide.commands("drawbridge.jar check")
                        .replace("/opt/drawbridge/drawbridge.jar", System.getProperty("drawbridge.jar"))
                        .replace("/opt/drawbridge", COMPANY.toAbsolutePath().toString())))
                .contains("guardrails do what their")
                .doesNotContain("WARN", "DEBUG");
        List<String> printed =
                shell(guide.commands("drawbridge=", "finn=finn")).lines().toList();
        JsonNode revealed = new ObjectMapper().readTree(printed.get(printed.size() - 1));
        try (Connection finn = Clinic.connected(revealed)) {
            assertThat(patients(finn)).containsExactly("Ida");
            assertThatThrownBy(() -> finn.createStatement().execute("delete from invoices"))
                    .hasMessageContaining("permission denied");
        }
        JsonNode open = clinic.openAccess();
        assertThat(open.path("open").asInt()).isEqualTo(1);
        finnReads = open.at("/access/0/requestId").asText();
        clinic.awaitOpenAccess(
                "both targets have all that the guide tells to set up",
                seen -> seen.path("targets").size() == 2
                        && seen.findValues("missing").stream().allMatch(JsonNode::isEmpty)
                        && seen.path("catalog").isEmpty());
    }

    /** Runs commands of the guide; what they print. */
    private static String shell(String commands) throws Exception {
        Path script = Files.writeString(nodes.get(0).folder().resolve("guide.sh"), "set -eu\n" + commands);
        Path printed = script.resolveSibling("guide.out");
        Process running = new ProcessBuilder("sh", script.toString())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        boolean ended = running.waitFor(2, TimeUnit.MINUTES);
        if (!ended) {
            running.destroyForcibly();
        }
        String output = Files.readString(printed);
        assertThat(ended && running.exitValue() == 0)
                .as(commands + "\n" + output)
                .isTrue();
        return output;
    }

    private static List<String> patients(Connection connection) throws SQLException {
        try (ResultSet rows = connection.createStatement().executeQuery("select patient from invoices")) {
            List<String> patients = new ArrayList<>();
            while (rows.next()) {
                patients.add(rows.getString(1));
            }
            return patients;
        }
    }

    private void theRulesAreThoseOfTheCompany() throws Exception {
        clinic.requireDenied("ian", "billing-write", "", CHANGE, "Interns do not change data in production");
        clinic.requireDenied(
                "finn", "billing-write", "", NO_TICKET, "Changes to production need a change of ServiceNow");
        clinic.requireDenied(
                "fay", "personnel-read", "10.2.0.1", NO_TICKET, "Personnel data is read in the house only");
        clinic.requireDenied("fay", "personnel-read", "", NO_TICKET, "Personnel data is read in the house only");

        finnWrites = clinic.asked("finn", "billing-write", "", CHANGE);
        assertThat(clinic.state(finnWrites)).isEqualTo("PENDING_APPROVAL");
        awaitMail("lena@clinic.example", "Your answer is needed: Billing, change data");
        clinic.approve(finnWrites, "lena");
        awaitMail("ben@clinic.example", "Your answer is needed: Billing, change data");
        clinic.approve(finnWrites, "bea");
        assertThat(clinic.request(finnWrites).at("/waitsFor/0/sentence").asText())
                .isEqualTo("Waits for: Enter in the register, by security");
        awaitMail("sina@clinic.example", "");
        assertThat(data.logins()).containsExactly(login(finnReads) + ": billing_read");
        clinic.complete(finnWrites, "sina");
        clinic.awaitState(finnWrites, "ACTIVE");
        assertThat(data.logins())
                .containsExactlyInAnyOrder(login(finnReads) + ": billing_read", login(finnWrites) + ": billing_write");
    }

    private static void awaitMail(String to, String subject) throws Exception {
        Clinic.await("mail to " + to + ": " + subject, () -> {
            for (var message : MailServer.running().getReceivedMessages()) {
                if (message.getSubject().startsWith(subject)
                        && message.getAllRecipients()[0].toString().equals(to)) {
                    return true;
                }
            }
            return false;
        });
    }

    private static String login(String id) {
        return "drawbridge_" + id.replace("-", "").substring(0, 12);
    }

    private Held everybodyHoldsOrWaitsForSomething() throws Exception {
        Held held = new Held();
        held.put("finn staging", clinic.asked("finn", "staging-write"));
        held.put("ian staging", clinic.asked("ian", "staging-write"));
        held.put("fay personnel", clinic.asked("fay", "personnel-read", IN_THE_HOUSE, NO_TICKET));
        held.put("fay admin", clinic.asked("fay", "billing-admin", "", CHANGE));
        getPersonnel(held.of("fay personnel"), "petra");
        clinic.approve(held.of("fay admin"), "lena", "ben");
        clinic.complete(held.of("fay admin"), "sina");
        for (String live : List.of("finn staging", "ian staging", "fay personnel", "fay admin")) {
            clinic.awaitState(held.of(live), "ACTIVE");
        }
        clinic.requireDenied(
                "finn",
                "personnel-read",
                IN_THE_HOUSE,
                NO_TICKET,
                "Three accesses at once are enough; hand one back first");
        clinic.requireDenied("flo", "billing-admin", "", CHANGE, "Somebody else administers this at the moment");

        held.put("fay write, waiting", clinic.asked("fay", "billing-write", "", CHANGE));
        held.put(
                "flo staging, waiting",
                clinic.asked(
                        "flo",
                        "staging-write",
                        "",
                        Map.of(
                                "startsAt",
                                Instant.now().plus(3, ChronoUnit.HOURS).toString())));
        held.put("petra personnel, waiting", clinic.asked("petra", "personnel-read", IN_THE_HOUSE, NO_TICKET));
        return held;
    }

    /** All that the rules and the company's own process want before somebody sees the personnel data. */
    private static void getPersonnel(String id, String owner) throws Exception {
        clinic.approve(id, "lena", owner);
        assertThat(clinic.request(id).at("/waitsFor/0/sentence").asText())
                .isEqualTo("Waits for: Inform data protection, by data-protection");
        clinic.complete(id, "dana");
        clinic.complete(id, "sina");
    }

    /** Whoever comes meanwhile is served: by the node that is not being started. */
    private void theCatalogChangesOnOneNodeAfterTheOther(Held held) throws Exception {
        addReader(data);
        for (String setting : List.of("URL", "USERNAME", "PASSWORD_FILE")) {
            VARIABLES.put(
                    "DRAWBRIDGE_TARGETS_BILLING_LIVE_" + setting,
                    Objects.requireNonNull(VARIABLES.remove("DRAWBRIDGE_TARGETS_BILLING_PROD_" + setting)));
        }
        VARIABLES.put("DRAWBRIDGE_TARGETS_BILLING_LIVE_FORMERLY", "billing-prod");
        for (RunningJar node : nodes) {
            node.close();
            changeRules(node.folder().resolve("rules"));
            node.variables(Map.copyOf(VARIABLES)).launch();
            assertThat(clinic.openAccess().path("open").asInt()).isPositive();
        }

        clinic.awaitEnded(held.of("fay write, waiting"), "It has been retired since");
        clinic.awaitEnded(finnWrites, "It has been retired since");
        clinic.awaitEnded(held.of("flo staging, waiting"), "It is no longer in the catalog.");
        assertThat(clinic.state(held.of("fay admin"))).isEqualTo("ACTIVE");
        clinic.requireNotToBeHad("flo", "billing-admin", "It has been retired since");
        clinic.requireNotToBeHad("flo", "billing-read", "There is nothing called 'billing-read' in the catalog.");

        getPersonnel(held.of("petra personnel, waiting"), "paul");
        clinic.awaitState(held.of("petra personnel, waiting"), "ACTIVE");
        assertThat(data.logins())
                .containsExactlyInAnyOrder(
                        login(finnReads) + ": billing_read",
                        login(held.of("finn staging")) + ": staging_write",
                        login(held.of("ian staging")) + ": staging_write",
                        login(held.of("fay admin")) + ": billing_admin",
                        login(held.of("fay personnel")) + ": personnel_read",
                        login(held.of("petra personnel, waiting")) + ": personnel_reader");

        // Who leaves the groups that something was for loses it, although no file speaks of it any more.
        clinic.call("root", "DELETE", "/engine-rest/group/interns/members/ian", "");
        clinic.awaitState(held.of("ian staging"), "ENDED");
        assertThat(clinic.state(held.of("finn staging"))).isEqualTo("ACTIVE");

        try (Connection finn = Clinic.connected(clinic.reveal("finn", finnReads))) {
            assertThat(patients(finn)).containsExactly("Ida");
            clinic.revoke(finnReads);
            clinic.awaitState(finnReads, "ENDED");
            assertThat(finn.isValid(1)).as("a session of access that has ended").isFalse();
        }
        String looks = clinic.asked("flo", "billing-look");
        clinic.awaitState(looks, "ACTIVE");
        clinic.call("flo", "POST", "/api/v1/access-requests/" + looks + "/return", "");
        clinic.awaitState(looks, "ENDED");
    }

    /** The target and one entitlement get other names, one another role, one leaves, two are retired. */
    private static void changeRules(Path rules) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(rules)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            // Of their cases none is read at the start; they would change in the same way.
            if (file.toString().endsWith(".cases.yaml")) {
                Files.delete(file);
                continue;
            }
            String text = Files.readString(file)
                    .replace("billing-prod", "billing-live")
                    .replace("billing-read", "billing-look")
                    .replaceAll(
                            "\\( (Wanted\\( id == \"billing-look\" \\)) or Wanted\\( id == \"staging-write\" \\) \\)",
                            "$1")
                    .replace("role: personnel_read}", "role: personnel_reader}")
                    .replaceAll("(?s)  - id: staging-write.*", "")
                    .replace("  - id: billing-write\n", "  - id: billing-write\n" + retired("end"))
                    .replace("  - id: billing-admin\n", "  - id: billing-admin\n" + retired("keep"));
            Files.writeString(file, text);
        }
    }

    private static String retired(String live) {
        return "    retired: {at: 2026-01-31T18:00:00Z, live: " + live + "}\n";
    }

    /** What is held stays where it is, and is never taken for ended by the server that has the place now. */
    private void theTargetsMoveToAnotherServer(Held held) throws Exception {
        addReader(newData);
        held.put("flo personnel", clinic.asked("flo", "personnel-read", IN_THE_HOUSE, NO_TICKET));
        VARIABLES.put("DRAWBRIDGE_TARGETS_BILLING_LIVE_URL", "jdbc:postgresql://" + newData.address() + "/billing");
        VARIABLES.put("DRAWBRIDGE_TARGETS_PERSONNEL_PROD_URL", "jdbc:postgresql://" + newData.address() + "/personnel");
        for (RunningJar node : nodes) {
            node.close();
        }
        startAll();

        getPersonnel(held.of("flo personnel"), "paul");
        clinic.awaitState(held.of("flo personnel"), "ACTIVE");
        assertThat(newData.logins()).containsExactly(login(held.of("flo personnel")) + ": personnel_reader");

        List<String> stayed = data.logins();
        clinic.revoke(held.of("fay personnel"));
        clinic.awaitOpenAccess(
                "what nobody can end is raised, and the end is tried",
                seen -> seen.findValuesAsText("sentence").stream()
                                        .filter(found -> found.contains("Access is open on a server that '"))
                                        .count()
                                == 2
                        && seen.path("access")
                                .toString()
                                .contains("is another server than the one that this access was given on"));
        assertThat(clinic.state(held.of("fay personnel"))).isEqualTo("REVOKING");
        assertThat(stayed)
                .containsExactlyInAnyOrder(
                        login(held.of("finn staging")) + ": staging_write",
                        login(held.of("fay admin")) + ": billing_admin",
                        login(held.of("fay personnel")) + ": personnel_read",
                        login(held.of("petra personnel, waiting")) + ": personnel_reader");
        assertThat(data.logins()).isEqualTo(stayed);
    }

    private static void addReader(OwnPostgres server) throws SQLException {
        server.run(
                "personnel",
                List.of(
                        "create role personnel_reader",
                        "grant personnel_reader to handing_out with admin option, inherit false, set false",
                        "grant connect on database personnel to personnel_reader",
                        "grant select on contracts to personnel_reader"));
    }

    private void theDatabaseIsRestoredAsItWasAndTheOldServerComesBack(Held held) throws Exception {
        Guide backup = Guide.read(Path.of("src", "docs", "operations", "backup.md"))
                .with(Map.of(RECORDS + ":5432", records.address()));
        backUpAndRestore(backup);
        String later = clinic.asked("flo", "billing-look");
        clinic.awaitState(later, "ACTIVE");
        clinic.call("flo", "POST", "/api/v1/access-requests/" + held.of("flo personnel") + "/return", "");
        clinic.awaitState(held.of("flo personnel"), "ENDED");
        assertThat(newData.logins()).containsExactly(login(later) + ": billing_read");

        for (RunningJar node : nodes) {
            node.close();
        }
        VARIABLES.put("SPRING_DATASOURCE_URL", "jdbc:postgresql://" + records.address() + "/drawbridge_restored");
        for (String database : List.of("billing", "personnel")) {
            String target = "DRAWBRIDGE_TARGETS_" + database.toUpperCase(Locale.ROOT) + "_OLD_";
            VARIABLES.put(target + "URL", "jdbc:postgresql://" + data.address() + "/" + database);
            VARIABLES.put(target + "USERNAME", "handing_out");
            VARIABLES.put(target + "PASSWORD_FILE", "secrets/data");
            VARIABLES.put(target + "FORMERLY", database + "-prod");
        }
        startAll();

        clinic.awaitState(held.of("fay personnel"), "ENDED");
        clinic.awaitEnded(held.of("flo personnel"), "Its login was removed on the target");
        Clinic.await(
                "what was given after the backup is gone",
                () -> newData.logins().isEmpty());
        clinic.awaitOpenAccess(
                "nothing is out of reach", seen -> seen.path("discrepancies").isEmpty());
        for (String live : List.of("finn staging", "fay admin", "petra personnel, waiting")) {
            assertThat(clinic.state(held.of(live))).as(live).isEqualTo("ACTIVE");
        }
        JsonNode revealed = clinic.reveal("petra", held.of("petra personnel, waiting"));
        assertThat(revealed.path("url").asText()).endsWith(data.address() + "/personnel");
        try (Connection petra = Clinic.connected(revealed)) {
            assertThat(petra.isValid(1)).isTrue();
        }
    }

    /**
     * While the nodes run, as the page says. Where there is no {@code pg_dump} as new as the server, the server copies the
     * database; the nodes lose their connections for that moment.
     */
    private static void backUpAndRestore(Guide page) throws Exception {
        Guide.Sql create = page.sql().get(0);
        if (dumps()) {
            shell("export PGPASSWORD=change-me-records\n" + page.commands("pg_dump --format"));
            records.run("postgres", create.statements());
            shell("export PGPASSWORD=change-me-records\n" + page.commands("pg_restore --exit"));
            return;
        }
        records.run(
                "postgres",
                List.of(
                        "alter database drawbridge allow_connections false",
                        "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'drawbridge'",
                        "create database drawbridge_restored owner drawbridge template drawbridge",
                        "alter database drawbridge allow_connections true"));
        records.run(
                "postgres", create.statements().subList(1, create.statements().size()));
    }

    private static boolean dumps() throws Exception {
        Optional<Path> found = Tools.find("pg_dump");
        if (found.isEmpty()) {
            return false;
        }
        String version = shell(found.get() + " --version").replaceAll("(?s)\\D*(\\d+).*", "$1");
        return Integer.parseInt(version)
                >= Integer.parseInt(records.seen("postgres", "show server_version_num")
                                .get(0))
                        / 10_000;
    }

    private void nothingIsOpenInTheEnd() throws Exception {
        for (Map<String, String> which : List.of(
                Map.of("entitlement", "staging-write"), Map.of("requester", "fay"), Map.of("requester", "petra"))) {
            Map<String, String> body = new HashMap<>(which);
            body.put("reason", "The clinic closes");
            clinic.call("dora", "POST", "/api/v1/revocations", body);
        }
        clinic.awaitOpenAccess("nothing is open", seen -> seen.path("open").asInt() == 0);
        assertThat(data.logins()).isEmpty();
        assertThat(newData.logins()).isEmpty();
        JsonNode seen = clinic.openAccess();
        assertThat(seen.path("overdue").asInt()).isZero();
        assertThat(seen.path("access")).isEmpty();
        assertThat(seen.path("discrepancies")).isEmpty();
        Clinic.await(
                "health is up",
                () -> clinic.call("dora", "GET", "/actuator/health", "")
                        .path("status")
                        .asText()
                        .equals("UP"));
    }
}
