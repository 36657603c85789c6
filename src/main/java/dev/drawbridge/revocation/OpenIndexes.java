package dev.drawbridge.revocation;

import dev.drawbridge.platform.Cluster;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Holds the indexes of what is open against the facts now and then, slice by slice. Where they differ, the facts are right: the
 * index is set right by them, and operators see until the next comparison that it had to be.
 */
@Component
class OpenIndexes {
    private static final Logger log = LoggerFactory.getLogger(OpenIndexes.class);
    private static final int SLICES = 256;
    private static final long WIDTH = 1L << 56;

    /** What differs is no target's. */
    private static final String HERE = "Drawbridge";

    private final Cluster cluster;
    private final JdbcClient jdbc;
    private final AccessRequests requests;
    private final Discrepancies discrepancies;
    private final TransactionTemplate transaction;
    private final Clock clock;

    OpenIndexes(
            Cluster cluster,
            JdbcClient jdbc,
            AccessRequests requests,
            Discrepancies discrepancies,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.cluster = cluster;
        this.jdbc = jdbc;
        this.requests = requests;
        this.discrepancies = discrepancies;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** A request whose place in an index is not what the facts say. */
    record Difference(String indexName, UUID requestId) {}

    @Scheduled(
            fixedDelayString = "${drawbridge.open-indexes.every:PT1H}",
            initialDelayString = "${drawbridge.open-indexes.every:PT1H}")
    void compare() {
        cluster.onceAtATime("compare what is open", () -> {
            Map<String, Integer> healed = new HashMap<>();
            IntStream.range(0, SLICES)
                    .forEach(slice -> differing(slice).stream()
                            .map(Difference::requestId)
                            .distinct()
                            .forEach(request -> setRight(request)
                                    .forEach(found -> healed.merge(found.indexName(), 1, Integer::sum))));
            discrepancies.open().stream()
                    .filter(open -> open.kind() == Discrepancy.Kind.INDEX && !healed.containsKey(open.principal()))
                    .forEach(before -> discrepancies.settled(before, "It agrees with the facts."));
            healed.forEach(this::tell);
        });
    }

    private List<Difference> differing(int slice) {
        // By the first byte, which counts without a sign in the database.
        return differing(new UUID(slice * WIDTH, 0), new UUID(slice * WIDTH + WIDTH - 1, -1));
    }

    private List<Difference> differing(UUID from, UUID to) {
        return jdbc.sql("select * from open_indexes_differing(:from, :to)")
                .param("from", from)
                .param("to", to)
                .query(Difference.class)
                .list();
    }

    /** What differed, looked at once more under the request's lock, since it may have moved on meanwhile. */
    private List<Difference> setRight(UUID request) {
        return Objects.requireNonNull(transaction.execute(status -> {
            // A row of a request that was never made is nobody's to lock.
            if (!requests.tryLock(request) && requests.find(request).isPresent()) {
                return List.of();
            }
            List<Difference> differing = differing(request, request);
            if (!differing.isEmpty()) {
                jdbc.sql("select set_open_right(:id)")
                        .param("id", request)
                        .query((row, number) -> true)
                        .single();
            }
            return differing;
        }));
    }

    private void tell(String index, int requests) {
        log.error("The index {} did not agree with the facts on {} requests, and was set right", index, requests);
        discrepancies.found(new Discrepancy(
                UUID.randomUUID(),
                HERE,
                index,
                null,
                Discrepancy.Kind.INDEX,
                "The index '" + index + "' did not agree with the record on " + requests
                        + (requests == 1 ? " request" : " requests")
                        + " and was set right by it. Somebody may have written to the database by hand.",
                null,
                clock.instant()));
    }
}
