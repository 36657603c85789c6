package dev.drawbridge.grant.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.grant.TargetReadiness.Missing;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is missing on a target is told with the statement that cures it, and is not told any more once that was run. */
class PostgresReadinessTest {
    static OwnServer server;

    @BeforeAll
    static void start() throws Exception {
        server = OwnServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static List<Missing> missing(String... roles) {
        return server.readiness()
                .missing(
                        "shop", Arrays.stream(roles).collect(Collectors.toMap(role -> role, role -> AccessLevel.READ)));
    }

    @Test
    void saysWhatIsMissingUntilItIsCured() throws Exception {
        server.superuser(
                "shop",
                "create role not_ours",
                "alter role handing_out nocreaterole",
                "revoke pg_signal_backend from handing_out",
                "alter role readers set log_statement = 'all'",
                "create function forbid() returns event_trigger language plpgsql as $$ begin end $$",
                "create event trigger forbids on ddl_command_start execute function forbid()");

        List<Missing> found = missing("readers", "not_ours", "not_there");

        assertThat(found).extracting(Missing::sentence).anyMatch(one -> one.contains("cannot make logins"));
        assertThat(found).extracting(Missing::sentence).anyMatch(one -> one.contains("cannot end sessions"));
        assertThat(found).extracting(Missing::sentence).anyMatch(one -> one.contains("not_there is not there"));
        assertThat(found).extracting(Missing::sentence).anyMatch(one -> one.contains("hand out the role not_ours"));
        assertThat(found).extracting(Missing::sentence).anyMatch(one -> one.contains("the database attic too"));
        assertThat(found).extracting(Missing::sentence).anyMatch(one -> one.contains("lo_from_bytea"));
        assertThat(found).extracting(Missing::sentence).anyMatch(one -> one.contains("path_distance"));
        assertThat(found).extracting(Missing::sentence).anyMatch(one -> one.contains("prepared transactions"));
        assertThat(found).extracting(Missing::sentence).anyMatch(one -> one.contains("event trigger forbids"));
        assertThat(found).extracting(Missing::sentence).anyMatch(one -> one.contains("setting log_statement"));

        for (Missing one : found) {
            assertThat(one.cure()).as(one.sentence()).isNotNull();
            server.superuser("shop", one.cure());
        }
        server.superuser("shop", "grant not_there to handing_out with admin option");
        assertThat(missing("readers", "not_ours", "not_there"))
                .extracting(Missing::sentence)
                .as("what needs the server started anew")
                .allMatch(one -> one.contains("prepared transactions"))
                .hasSize(1);
    }
}
