package dev.drawbridge.revocation;

import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.grant.Grants;
import dev.drawbridge.platform.Cluster;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks into what the database has noticed: requests whose process is gone, accounts that are gone or have left a group. */
@Component
class LookInto {
    private static final Logger log = LoggerFactory.getLogger(LookInto.class);
    private static final int MOST_AT_ONCE = 500;
    /** A process that has not gone on by then does not by itself. */

    /** How long a process may go on once its request is over. */
    private static final Duration AFTERMATH = Duration.ofHours(1);

    private static final String PROCESS_GONE = "The process behind it is gone.";

    private final Cluster cluster;
    private final JdbcClient jdbc;
    private final AccessRequests requests;
    private final AccessProcesses processes;
    private final RequestEnds ends;
    private final Grants grants;
    private final DropRequest drop;
    private final Sweeper sweeper;
    private final Leavers leavers;
    private final LetGoOn letGoOn;
    private final Clock clock;

    LookInto(
            Cluster cluster,
            JdbcClient jdbc,
            AccessRequests requests,
            AccessProcesses processes,
            RequestEnds ends,
            Grants grants,
            DropRequest drop,
            Sweeper sweeper,
            Leavers leavers,
            LetGoOn letGoOn,
            Clock clock) {
        this.cluster = cluster;
        this.jdbc = jdbc;
        this.requests = requests;
        this.processes = processes;
        this.ends = ends;
        this.grants = grants;
        this.drop = drop;
        this.sweeper = sweeper;
        this.leavers = leavers;
        this.letGoOn = letGoOn;
        this.clock = clock;
    }

    private record Noticed(
            long id, @Nullable UUID requestId, @Nullable String person) {}

    @Scheduled(
            fixedDelayString = "${drawbridge.sweeper.every:PT1S}",
            initialDelayString = "${drawbridge.sweeper.every:PT1S}")
    void look() {
        cluster.onceAtATime(
                "look into what was noticed",
                () -> jdbc.sql("select * from to_look_at order by id limit :most")
                        .param("most", MOST_AT_ONCE)
                        .query(Noticed.class)
                        .list()
                        .forEach(this::settle));
    }

    /** Notices can be lost, for instance while somebody has switched the triggers off: now and then everything is looked at. */
    @Scheduled(
            fixedDelayString = "${drawbridge.sweeper.everything-every:PT10M}",
            initialDelayString = "${drawbridge.sweeper.first:PT30S}")
    void lookAtEverything() {
        cluster.onceAtATime("look at everything", () -> {
            ends.abandoned().stream()
                    .flatMap(id -> requests.find(id).stream())
                    .forEach(request -> byItself(request.id(), () -> lookInto(request)));
            grants.abandoned().stream()
                    .flatMap(grant -> requests.find(grant.requestId()).stream())
                    .forEach(request -> byItself(request.id(), () -> lookInto(request)));
            leavers.checkAll();
            letGoOn.endedSince(Instant.EPOCH);
            // Whatever a process does after its request is over, it asks nobody for ever.
            ends.outlived(clock.instant().minus(AFTERMATH))
                    .forEach(instance -> byItself(instance, () -> processes.discard(instance, "Its request is over.")));
            jdbc.sql("""
                    delete from process_steps s
                    where not exists (select 1 from act_ru_execution e where e.id_ = s.process_instance_id)
                    """).update();
            // A node of an earlier version makes jobs without a date, which nobody looks for any more.
            jdbc.sql("update act_ru_job set duedate_ = create_time_ where duedate_ is null")
                    .update();
        });
    }

    /** What fails at one keeps none of the others, and the next round comes. */
    private static void byItself(Object which, Runnable look) {
        try {
            look.run();
        } catch (RuntimeException busy) {
            log.warn("'{}' is looked at in the next round", which, busy);
        }
    }

    private void settle(Noticed noticed) {
        try {
            if (noticed.requestId() != null) {
                requests.find(noticed.requestId()).ifPresent(this::lookInto);
            }
            if (noticed.person() != null) {
                leavers.check(noticed.person());
            }
            jdbc.sql("delete from to_look_at where id = :id")
                    .param("id", noticed.id())
                    .update();
        } catch (RuntimeException failing) {
            log.error("What was noticed could not be settled yet and is looked at again", failing);
            // At the end of the line: the others must not wait for it.
            jdbc.sql("""
                            with failed as (delete from to_look_at where id = :id returning request_id, person)
                            insert into to_look_at (request_id, person) select request_id, person from failed
                            """).param("id", noticed.id()).update();
        }
    }

    private void lookInto(AccessRequest request) {
        if (request.extending() != null && !grants.isOpen(request.extending())) {
            drop.drop(request, "FAILED", "system", "The access was over before it could be given for longer.");
        } else if (!processes.isRunning(request.processInstanceId())) {
            drop.drop(request, "FAILED", "system", PROCESS_GONE);
            grants.find(request.id())
                    .filter(grant -> grants.isOpen(request.id()))
                    .ifPresent(grant -> sweeper.end(grant, PROCESS_GONE));
        }
    }
}
