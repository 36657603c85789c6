package dev.drawbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Every table of ours, one by one, as the application. */
@DrawbridgeTest
class OnlyAddedTest {
    /** What is no fact: indexes of what is not over, what is now, and sessions. Whatever else there is, is only ever added to. */
    private static final Set<String> NO_FACTS = Set.of(
            "account",
            "account_subject",
            "account_zone",
            "flyway_schema_history",
            "installation",
            "known_place",
            "mail_waiting",
            "manager_gone",
            "membership_end",
            "node_runs",
            "open_discrepancy",
            "open_grant",
            "open_request",
            "person_relation",
            "process_steps",
            "provider_session",
            "request_reader",
            "spring_session",
            "spring_session_attributes",
            "to_look_at");

    @Autowired
    World world;

    @Test
    void refusesToChangeOrTakeAwayWhateverIsAFact() {
        world.startAfresh();
        world.request("engineer", "app-logs-read", "PT1H");
        world.runScheduled("SealRounds");
        List<String> facts = facts();

        assertThat(facts).contains("audit_entry", "audit_log_leaf", "access_request", "verdict", "access_grant");
        for (String fact : facts) {
            long before = count(fact);
            String column = world.jdbc()
                    .sql("select column_name from information_schema.columns where table_name = :fact"
                            + " and is_identity = 'NO' and is_generated = 'NEVER' limit 1")
                    .param("fact", fact)
                    .query(String.class)
                    .single();
            refuses(fact, "truncate " + fact + " cascade");
            if (before > 0) {
                refuses(fact, "update " + fact + " set " + column + " = " + column);
                refuses(fact, "delete from " + fact);
            }
            assertThat(count(fact)).isEqualTo(before);
        }
    }

    private void refuses(String fact, String change) {
        assertThatThrownBy(() -> world.jdbc().sql(change).update())
                .as(change)
                .hasMessageContaining("Facts are only ever added");
    }

    private List<String> facts() {
        return world
                .jdbc()
                .sql("select tablename from pg_tables where schemaname = 'public' and tablename !~ '^act_' order by 1")
                .query(String.class)
                .list()
                .stream()
                .filter(table -> !NO_FACTS.contains(table))
                .toList();
    }

    private long count(String table) {
        return world.jdbc()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }
}
