package dev.drawbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.platform.EmbeddedPostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Facts in a database whose migrations have an account of their own; before that one account did all, as in earlier releases. */
class TwoAccountsTest {
    private static final String PASSWORD = "for-tests-alone";
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static EmbeddedPostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        Path all = Files.createDirectories(Path.of("target", "test-data"));
        server = EmbeddedPostgresServer.start(Files.createTempDirectory(all, "two"), 0);
        try (Connection superuser = server.superuser("postgres")) {
            run(superuser, "create role works login password '" + PASSWORD + "'");
            run(superuser, "create role owns login password '" + PASSWORD + "'");
            run(superuser, "create database record owner works");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void leavesTheApplicationNothingButToAdd() throws Exception {
        try (Connection works = connection("works")) {
            for (String migration : List.of("V1__facts", "V2__levels_over_time", "V3__approvers", "V40__sealed_log")) {
                run(works, Files.readString(MIGRATIONS.resolve(migration + ".sql")));
            }
            run(works, "create table account (id text)");
            afterMigrate("works");
            run(works, "insert into account values ('a'); update account set id = 'b'; delete from account");
        }
        // As running.md says.
        try (Connection superuser = server.superuser("record")) {
            run(superuser, "grant works to owns");
            run(superuser, "alter database record owner to owns");
            run(superuser, "grant connect, temporary on database record to works");
            run(superuser, "grant usage, create on schema public to works");
        }
        afterMigrate("owns");
        afterMigrate("owns");
        try (Connection works = connection("works")) {
            run(works, "insert into audit_entry (at, actor, kind, sentence) values (now(), 'a', 'b', 'c')");
            run(works, "insert into account values ('a'); update account set id = 'b'; delete from account");
            run(works, "select 1 from access_request for no key update");
            run(works, "select * from access_request_now");
            List<String> facts = facts(works);
            assertThat(facts).contains("audit_entry", "audit_log_leaf", "access_request", "verdict", "deputy");
            for (String fact : facts) {
                refuses(works, "delete from " + fact);
                refuses(works, "truncate " + fact);
                refuses(works, "alter table " + fact + " disable trigger all");
                refuses(works, "drop table " + fact + " cascade");
            }
            refuses(works, "update audit_entry set sentence = 'Nothing happened'");
            refuses(
                    works,
                    "create or replace function refuse_change_of_a_fact() returns trigger language plpgsql as"
                            + " 'begin return new; end'");
            refuses(works, "drop function refuse_change_of_a_fact() cascade");
            refuses(works, "drop schema public cascade");
            refuses(works, "set session_replication_role = replica");
            refuses(works, "set role owns");
        }
    }

    /** What Flyway runs behind all migrations. */
    private static void afterMigrate(String who) throws Exception {
        try (Connection migrations = connection(who)) {
            run(
                    migrations,
                    Files.readString(MIGRATIONS.resolve("afterMigrate.sql")).replace("${application}", "works"));
        }
    }

    private static List<String> facts(Connection connection) throws SQLException {
        List<String> facts = new ArrayList<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select distinct tgrelid::regclass::text from pg_trigger"
                        + " where tgfoid = 'refuse_change_of_a_fact'::regproc order by 1")) {
            while (rows.next()) {
                facts.add(rows.getString(1));
            }
        }
        return facts;
    }

    private static void refuses(Connection connection, String change) {
        assertThatThrownBy(() -> run(connection, change))
                .as(change)
                .isInstanceOf(SQLException.class)
                .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }

    private static Connection connection(String who) throws SQLException {
        return DriverManager.getConnection(server.url("record"), who, PASSWORD);
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
