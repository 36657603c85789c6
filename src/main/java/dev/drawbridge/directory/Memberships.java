package dev.drawbridge.directory;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends memberships whose time is over. */
@Component
public class Memberships {
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Memberships(@Lazy JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** What is left behind is noticed as of anybody who leaves a group; one statement where nothing is over. */
    @Transactional
    public void endThoseOver() {
        jdbc.sql("""
                        with over as (delete from membership_end where ends_at <= :now returning *),
                        ended as (delete from act_id_membership m using over
                                  where m.user_id_ = over.person and m.group_id_ = over.group_id)
                        select * from over order by ends_at, person, group_id
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, number) -> new MembershipEnded(
                        row.getString("person"),
                        row.getString("group_id"),
                        row.getObject("ends_at", OffsetDateTime.class).toInstant()))
                .list()
                .forEach(events::publishEvent);
    }
}
