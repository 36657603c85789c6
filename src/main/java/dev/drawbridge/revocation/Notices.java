package dev.drawbridge.revocation;

import dev.drawbridge.approval.AskedAnew;
import dev.drawbridge.directory.Memberships;
import dev.drawbridge.platform.Cluster;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Settles what the database has noticed: requests whose process is gone, accounts that are gone or have left a group. */
@Component
class Notices {
    private static final Logger log = LoggerFactory.getLogger(Notices.class);
    private static final int MOST_AT_ONCE = 500;

    private final Cluster cluster;
    private final JdbcClient jdbc;
    private final LookInto lookInto;
    private final Leavers leavers;
    private final AskedAnew askedAnew;
    private final Memberships memberships;

    Notices(
            Cluster cluster,
            JdbcClient jdbc,
            LookInto lookInto,
            Leavers leavers,
            AskedAnew askedAnew,
            Memberships memberships) {
        this.cluster = cluster;
        this.jdbc = jdbc;
        this.lookInto = lookInto;
        this.leavers = leavers;
        this.askedAnew = askedAnew;
        this.memberships = memberships;
    }

    private record Noticed(
            long id, @Nullable UUID requestId, @Nullable String person) {}

    @Scheduled(
            fixedDelayString = "${drawbridge.sweeper.every:PT1S}",
            initialDelayString = "${drawbridge.sweeper.every:PT1S}")
    void look() {
        cluster.onceAtATime("look into what was noticed", () -> {
            endMemberships();
            jdbc.sql("select * from to_look_at order by id limit :most")
                    .param("most", MOST_AT_ONCE)
                    .query(Noticed.class)
                    .list()
                    .forEach(this::settle);
        });
    }

    /** Who is in a group no longer is noticed as anybody who leaves one. */
    private void endMemberships() {
        try {
            memberships.endThoseOver();
        } catch (RuntimeException failing) {
            log.error("Memberships whose time is over could not be ended yet", failing);
        }
    }

    private void settle(Noticed noticed) {
        try {
            if (noticed.requestId() != null) {
                lookInto.request(noticed.requestId());
            }
            if (noticed.person() != null) {
                leavers.check(noticed.person());
                askedAnew.becauseOf(noticed.person());
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
}
