package dev.drawbridge.revocation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What differed between targets and grants, and how it was settled. */
@Repository
class Discrepancies {
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Discrepancies(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** Those that nobody has settled, newest first. */
    List<Discrepancy> open() {
        return jdbc.sql("""
                        select d.* from open_discrepancy o join discrepancy d on d.id = o.discrepancy_id
                        order by d.found_at desc
                        """).query(Discrepancies::read).list();
    }

    /** The one of this kind that nobody has settled. */
    Optional<Discrepancy> open(String target, String principal, Discrepancy.Kind kind) {
        return open().stream()
                .filter(open ->
                        open.target().equals(target) && open.principal().equals(principal) && open.kind() == kind)
                .findFirst();
    }

    /** Settles it, if there is one. */
    @Transactional
    public void settled(String target, String principal, Discrepancy.Kind kind, String how) {
        open(target, principal, kind).ifPresent(open -> settled(open, how));
    }

    /** Puts it on record, unless the same stands there unsettled. */
    @Transactional
    public Discrepancy found(Discrepancy found) {
        return open(found.target(), found.principal(), found.kind()).orElseGet(() -> {
            add(found);
            events.publishEvent(new DiscrepancyFound(found));
            return found;
        });
    }

    @Transactional
    public void settled(Discrepancy discrepancy, String how) {
        int added = jdbc.sql("insert into discrepancy_settled values (:id, :how, :at) on conflict do nothing")
                .param("id", discrepancy.id())
                .param("how", how)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        if (added > 0) {
            events.publishEvent(new DiscrepancySettled(discrepancy, how));
        }
    }

    private void add(Discrepancy found) {
        jdbc.sql("insert into discrepancy values (:id, :target, :principal, :request, :kind, :sentence, :at, :cure)")
                .param("id", found.id())
                .param("target", found.target())
                .param("principal", found.principal())
                .param("request", found.requestId())
                .param("kind", found.kind().name())
                .param("sentence", found.sentence())
                .param("at", found.foundAt().atOffset(ZoneOffset.UTC))
                .param("cure", found.cure())
                .update();
    }

    private static Discrepancy read(ResultSet row, int number) throws SQLException {
        return new Discrepancy(
                row.getObject("id", UUID.class),
                row.getString("target"),
                row.getString("principal"),
                row.getObject("request_id", UUID.class),
                Discrepancy.Kind.valueOf(row.getString("kind")),
                row.getString("sentence"),
                row.getString("cure"),
                row.getObject("found_at", OffsetDateTime.class).toInstant());
    }
}
