package dev.drawbridge.grant.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.grant.TargetReadiness.Missing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A role that can do more than it is handed out for is told, in whichever way it can, until that was taken from it. */
class WiderRolesTest {
    static OwnServer server;
    static PostgresReadiness readiness;

    @BeforeAll
    static void start() throws Exception {
        server = OwnServer.start();
        readiness = server.readiness();
        server.superuser(
                "shop",
                "create table orders (id serial, customer int, total int)",
                "create table notes (t text)",
                "create table \"Odd one\" (t text)",
                "create schema stock",
                "create role other",
                "create role dealer");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static List<Missing> told(String role, AccessLevel level) {
        return readiness.missing("shop", Map.of(role, level)).stream()
                .filter(one -> one.sentence().contains("is handed out to"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            READ  | select on orders                       |
            READ  | select (id) on orders                  |
            READ  | select on sequence orders_id_seq       |
            READ  | usage on schema stock                  |
            READ  | temporary on database shop             |
            READ  | pg_read_all_data                       |
            READ  | pg_monitor                             |
            READ  | insert on orders                       | insert on public.orders
            READ  | truncate on orders                     | truncate on public.orders
            READ  | trigger on orders                      | trigger on public.orders
            READ  | references (id) on orders              | references (id) on public.orders
            READ  | maintain on orders                     | maintain on public.orders
            READ  | update (total) on orders               | update (total) on public.orders
            READ  | delete on "Odd one"                    | delete on public."Odd one"
            READ  | usage on sequence orders_id_seq        | usage on sequence public.orders_id_seq
            READ  | create on schema stock                 | create on schema stock
            READ  | create on database shop                | create on database shop
            READ  | create on tablespace pg_default        | create on tablespace pg_default
            READ  | alter system on parameter work_mem     | alter system on parameter work_mem
            READ  | pg_write_all_data                      | pg_write_all_data
            READ  | pg_execute_server_program              | pg_execute_server_program
            WRITE | select, insert, update, delete on orders |
            WRITE | usage, update on sequence orders_id_seq  |
            WRITE | pg_write_all_data                      |
            WRITE | truncate on orders                     | truncate on public.orders
            WRITE | create on schema stock                 | create on schema stock
            WRITE | pg_maintain                            | pg_maintain
            ADMIN | all on orders                          |
            ADMIN | create on schema stock                 |
            ADMIN | create on database shop                |
            ADMIN | pg_maintain                            |
            ADMIN | create on tablespace pg_default        | create on tablespace pg_default
            ADMIN | alter system on parameter work_mem     | alter system on parameter work_mem
            ADMIN | pg_signal_backend                      | pg_signal_backend
            """)
    void tellsWhatItsLevelDoesNotSayUntilItIsTakenBack(AccessLevel level, String granted, String more)
            throws Exception {
        server.superuser("shop", "create role handed", "grant " + granted + " to handed");
        try {
            List<Missing> told = told("handed", level);
            if (more == null) {
                assertThat(told).isEmpty();
                return;
            }
            assertThat(told).singleElement().satisfies(one -> {
                assertThat(one.sentence())
                        .startsWith("The role handed is handed out to ")
                        .endsWith(": " + more + ".");
                assertThat(one.role()).isEqualTo("handed");
            });
            server.superuser("shop", told.get(0).cure());
            assertThat(told("handed", level)).isEmpty();
        } finally {
            server.superuser("shop", "drop owned by handed", "drop role handed");
        }
    }

    @ParameterizedTest
    @CsvSource({"superuser", "createrole", "createdb", "replication", "bypassrls"})
    void tellsAttributesAtEveryLevel(String attribute) throws Exception {
        server.superuser("shop", "create role handed " + attribute);
        try {
            for (AccessLevel level : AccessLevel.values()) {
                assertThat(told("handed", level)).singleElement().satisfies(one -> {
                    assertThat(one.sentence()).endsWith("and has more, on the whole server: " + attribute + ".");
                    assertThat(one.cure()).isEqualTo("alter role handed no" + attribute + ";");
                });
            }
        } finally {
            server.superuser("shop", "drop role handed");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "inherit true set false, true",
        "inherit false set true, true",
        "admin true inherit false set false, true",
        "inherit false set false, false"
    })
    void tellsWhatItHasOrCanTakeThroughAnotherRole(String options, boolean more) throws Exception {
        server.superuser(
                "shop",
                "create role handed",
                "grant insert on orders to other",
                "create table of_other (t text)",
                "alter table of_other owner to other",
                "grant other to handed with " + options.replaceAll(" (inherit|set)", ", $1"));
        try {
            List<Missing> told = told("handed", AccessLevel.READ);
            if (!more) {
                assertThat(told).isEmpty();
                return;
            }
            assertThat(told)
                    .extracting(Missing::sentence)
                    .containsExactly(
                            "The role handed is handed out to read, and may do more: insert on public.orders (through other).",
                            "The role handed is handed out to read, and owns what its holders could hand on or drop: table"
                                    + " public.of_other (through other).");
            assertThat(told).extracting(Missing::cure).containsOnly("revoke other from handed;");
            server.superuser("shop", told.get(0).cure());
            assertThat(told("handed", AccessLevel.READ)).isEmpty();
        } finally {
            server.superuser("shop", "drop owned by other, handed", "drop role handed");
        }
    }

    @Test
    void tellsWhatIsOwnedAndInOtherDatabasesForAdministratorsToo() throws Exception {
        server.superuser("shop", "create role handed", "alter table notes owner to handed");
        server.superuser("attic", "create table old (t text)", "alter table old owner to handed");
        try {
            assertThat(told("handed", AccessLevel.WRITE)).singleElement().satisfies(one -> {
                assertThat(one.sentence()).contains("table public.notes; things in the database attic.");
                assertThat(one.cure())
                        .isEqualTo("reassign owned by handed to postgres;\n"
                                + "-- in the database attic: reassign owned by handed to postgres;");
            });
            assertThat(told("handed", AccessLevel.ADMIN))
                    .singleElement()
                    .satisfies(one -> assertThat(one.sentence()).endsWith(": things in the database attic."));
            server.superuser("shop", "reassign owned by handed to postgres");
            server.superuser("attic", "reassign owned by handed to postgres");
            assertThat(told("handed", AccessLevel.WRITE)).isEmpty();
        } finally {
            server.superuser("shop", "drop role handed");
        }
    }

    @Test
    void tellsWhatEverybodyMayAndWhatCanBeHandedOnAndWhoGaveIt() throws Exception {
        server.superuser(
                "shop",
                "create role handed",
                "grant delete on notes to public",
                "grant select on orders to handed with grant option",
                "grant update on \"Odd one\" to dealer with grant option");
        try (var session = server.as("postgres", "shop")) {
            OwnServer.execute(session, "set role dealer");
            OwnServer.execute(session, "grant update on \"Odd one\" to handed");
        }
        try {
            Missing one = told("handed", AccessLevel.READ).get(0);
            assertThat(one.sentence())
                    .endsWith("grant to others: select on public.orders; update on public.\"Odd one\";"
                            + " delete on public.notes (as everybody may).");
            assertThat(one.cure())
                    .contains(
                            "revoke grant option for select on public.orders from handed;",
                            "set role dealer; revoke update on public.\"Odd one\" from handed; reset role;",
                            "revoke delete on public.notes from public; -- from everybody");
            server.superuser("shop", one.cure());
            assertThat(told("handed", AccessLevel.READ)).isEmpty();
        } finally {
            server.superuser("shop", "drop owned by handed, dealer", "drop role handed");
        }
    }

    @Test
    void namesThreeAndSaysHowManyMoreThereAre() throws Exception {
        server.superuser("shop", "create role handed", "create schema many");
        for (int i = 10; i < 40; i++) {
            server.superuser("shop", "create table many.t" + i + " (t text)");
        }
        server.superuser("shop", "grant insert, delete on all tables in schema many to handed");
        try {
            Missing one = told("handed", AccessLevel.READ).get(0);
            assertThat(one.sentence())
                    .endsWith("delete, insert on many.t10; delete, insert on many.t11; delete, insert on many.t12"
                            + " (and 27 more).");
            assertThat(one.cure().lines()).hasSize(21).last().isEqualTo("-- then look again: these are the first 20");
            assertThat(told("handed", AccessLevel.WRITE)).isEmpty();
        } finally {
            server.superuser("shop", "drop schema many cascade", "drop role handed");
        }
    }
}
