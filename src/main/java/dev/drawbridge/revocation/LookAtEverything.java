package dev.drawbridge.revocation;

import dev.drawbridge.platform.Cluster;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Notices can be lost, for instance while somebody has switched the triggers off: now and then everything is looked at. */
@Component
class LookAtEverything {
    private final Cluster cluster;
    private final JdbcClient jdbc;
    private final Abandoned abandoned;
    private final Leavers leavers;
    private final Retirements retirements;
    private final LetGoOn letGoOn;

    LookAtEverything(
            Cluster cluster,
            JdbcClient jdbc,
            Abandoned abandoned,
            Leavers leavers,
            Retirements retirements,
            LetGoOn letGoOn) {
        this.cluster = cluster;
        this.jdbc = jdbc;
        this.abandoned = abandoned;
        this.leavers = leavers;
        this.retirements = retirements;
        this.letGoOn = letGoOn;
    }

    @Scheduled(
            fixedDelayString = "${drawbridge.sweeper.everything-every:PT10M}",
            initialDelayString = "${drawbridge.sweeper.first:PT30S}")
    void look() {
        cluster.onceAtATime("look at everything", () -> {
            abandoned.end();
            leavers.checkAll();
            retirements.lookAtAll();
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
}
