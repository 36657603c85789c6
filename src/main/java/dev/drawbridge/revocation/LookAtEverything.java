package dev.drawbridge.revocation;

import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.grant.Grant;
import dev.drawbridge.grant.Grants;
import dev.drawbridge.platform.Cluster;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Notices can be lost, for instance while somebody has switched the triggers off: now and then everything is looked at. */
@Component
class LookAtEverything {
    private static final Logger log = LoggerFactory.getLogger(LookAtEverything.class);

    private final Cluster cluster;
    private final JdbcClient jdbc;
    private final LookInto lookInto;
    private final RequestEnds ends;
    private final Grants grants;
    private final Leavers leavers;
    private final LetGoOn letGoOn;

    LookAtEverything(
            Cluster cluster,
            JdbcClient jdbc,
            LookInto lookInto,
            RequestEnds ends,
            Grants grants,
            Leavers leavers,
            LetGoOn letGoOn) {
        this.cluster = cluster;
        this.jdbc = jdbc;
        this.lookInto = lookInto;
        this.ends = ends;
        this.grants = grants;
        this.leavers = leavers;
        this.letGoOn = letGoOn;
    }

    @Scheduled(
            fixedDelayString = "${drawbridge.sweeper.everything-every:PT10M}",
            initialDelayString = "${drawbridge.sweeper.first:PT30S}")
    void look() {
        cluster.onceAtATime("look at everything", () -> {
            Stream.concat(ends.abandoned().stream(), grants.abandoned().stream().map(Grant::requestId))
                    .forEach(this::lookInto);
            leavers.checkAll();
            letGoOn.endedSince(Instant.EPOCH);
            letGoOn.outlived();
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
    private void lookInto(UUID request) {
        try {
            lookInto.request(request);
        } catch (RuntimeException busy) {
            log.warn("Request '{}' is looked at in the next round", request, busy);
        }
    }
}
