package dev.drawbridge.platform;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Which sessions here, on whichever node, began by which sign-in at an identity provider. */
@Component
class ProviderSessions {
    private final JdbcClient jdbc;

    ProviderSessions(@Lazy JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** {@code sid}: the provider's own session, where it says one. */
    void began(String session, String issuer, String subject, @Nullable String sid) {
        jdbc.sql("""
                        insert into provider_session (session_id, issuer, subject, sid)
                        values (:session, :issuer, :subject, :sid)
                        on conflict (session_id) do update
                        set issuer = excluded.issuer, subject = excluded.subject, sid = excluded.sid
                        """)
                .param("session", session)
                .param("issuer", issuer)
                .param("subject", subject)
                .param("sid", sid, java.sql.Types.VARCHAR)
                .update();
    }

    /** Ends those of one session of the provider; where it names none, all of the person's. */
    void ended(String issuer, @Nullable String subject, @Nullable String sid) {
        jdbc.sql("""
                        with over as (
                            delete from provider_session
                            where issuer = :issuer and case when :sid::text is not null then sid = :sid else subject = :subject end
                            returning session_id)
                        delete from spring_session where session_id in (select session_id from over)
                        """)
                .param("issuer", issuer)
                .param("subject", subject, java.sql.Types.VARCHAR)
                .param("sid", sid, java.sql.Types.VARCHAR)
                .update();
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    void forget() {
        jdbc.sql("""
                        delete from provider_session p
                        where not exists (select 1 from spring_session s where s.session_id = p.session_id)
                        """).update();
    }
}
