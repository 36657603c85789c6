package dev.drawbridge.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Stores the record. The entries of one transaction are stored together, by one statement right before it commits: either all
 * facts and entries of a step are there, or none.
 */
@Repository
class Entries {
    private static final Logger log = LoggerFactory.getLogger(Entries.class);

    private final JdbcClient jdbc;
    private final JdbcClient aside;
    private final ObjectMapper json;
    private final Clock clock;

    Entries(
            JdbcClient jdbc,
            @Qualifier("refusedAttemptsConnections") DataSource aside,
            ObjectMapper json,
            Clock clock) {
        this.jdbc = jdbc;
        this.aside = JdbcClient.create(aside);
        this.json = json;
        this.clock = clock;
    }

    private record Dated(Instant at, Entry entry) {}

    /** With the facts of the transaction that runs. */
    void add(Entry entry) {
        Dated dated = new Dated(clock.instant(), HowTheySignedIn.beside(entry));
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            insert(jdbc, List.of(dated));
            return;
        }
        OfOneTransaction all = (OfOneTransaction) TransactionSynchronizationManager.getResource(this);
        if (all == null) {
            all = new OfOneTransaction();
            TransactionSynchronizationManager.bindResource(this, all);
            TransactionSynchronizationManager.registerSynchronization(all);
        }
        all.add(dated);
    }

    /** On a connection of its own, whatever becomes of the transaction that runs. */
    void addAside(Entry entry) {
        insert(aside, List.of(new Dated(clock.instant(), entry)));
    }

    private void insert(JdbcClient where, List<Dated> entries) {
        where.sql("""
                        insert into audit_entry (at, actor, kind, request_id, sentence, details)
                        select at::timestamptz, actor, kind, request_id::uuid, sentence, details::jsonb
                        from unnest(:at::text[], :actor::text[], :kind::text[], :request::text[], :sentence::text[],
                            :details::text[]) with ordinality e (at, actor, kind, request_id, sentence, details, place)
                        order by place
                        """)
                .param(
                        "at",
                        column(
                                entries,
                                dated -> dated.at().atOffset(ZoneOffset.UTC).toString()))
                .param("actor", column(entries, dated -> dated.entry().actor()))
                .param("kind", column(entries, dated -> dated.entry().kind()))
                .param(
                        "request",
                        column(entries, dated -> Objects.toString(dated.entry().requestId(), null)))
                .param(
                        "sentence",
                        column(entries, dated -> dated.entry().sentence().replace('\0', '?')))
                .param("details", column(entries, dated -> written(dated.entry())))
                .update();
    }

    private static @Nullable String[] column(List<Dated> entries, Function<Dated, @Nullable String> value) {
        return entries.stream().map(value).toArray(String[]::new);
    }

    private String written(Entry entry) {
        try {
            return json.writeValueAsString(entry.details());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** While a transaction within this one runs, that one has entries of its own. */
    private final class OfOneTransaction implements TransactionSynchronization {
        private final List<Dated> entries = new ArrayList<>();
        private final Map<Object, Integer> savepoints = new IdentityHashMap<>();
        private boolean isStored;

        void add(Dated dated) {
            if (isStored) {
                insert(jdbc, List.of(dated));
            } else {
                entries.add(dated);
            }
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            insert(jdbc, entries);
            isStored = true;
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResourceIfPossible(Entries.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(Entries.this, this);
        }

        /** What is taken back to here takes its entries with it. */
        @Override
        public void savepoint(Object savepoint) {
            savepoints.put(savepoint, entries.size());
        }

        @Override
        public void savepointRollback(Object savepoint) {
            Integer kept = savepoints.get(savepoint);
            if (kept != null && kept < entries.size()) {
                entries.subList(kept, entries.size()).clear();
            }
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(Entries.this);
            if (status == STATUS_COMMITTED && !isStored) {
                // They came too late to be stored with the rest: that is a fault of ours, and no reason to lose them.
                log.error("Entries came up while their transaction was being committed: {}", entries);
                insert(aside, entries);
            }
        }
    }
}
