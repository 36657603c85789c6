package dev.drawbridge.deputies;

import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.directory.AccountIds;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who answers in whose place, and for how long. One hop only: a deputy's deputy answers for the deputy alone. One at a time:
 * where more were named, of those whose time it is the one who was named first counts.
 */
@Repository
public class Deputies {
    private static final Duration LONGEST = Duration.ofDays(90);
    private static final Duration FURTHEST = Duration.ofDays(366);
    private static final int MOST = 10;

    private final JdbcClient jdbc;
    private final Directory people;
    private final StandIns standIns;
    private final WallClocks clocks;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Deputies(
            JdbcClient jdbc,
            Directory people,
            StandIns standIns,
            WallClocks clocks,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.people = people;
        this.standIns = standIns;
        this.clocks = clocks;
        this.events = events;
        this.clock = clock;
    }

    /** One appointment; it ends by itself. */
    public record Deputy(UUID id, String person, String deputy, Instant startsAt, Instant endsAt) {}

    /** The groups whose members somebody can name. */
    public Set<String> circles() {
        return standIns.groups();
    }

    /** Whom somebody can name beside those. */
    public Set<String> named() {
        return standIns.named();
    }

    /** Whom a person can name, in the order of their names: who may stand in for them at some level. */
    public List<Directory.Named> offered(String person) {
        return standIns.everybodyFor(person);
    }

    /**
     * Names a deputy for a period. Refuses oneself, who has no account or may stand in for them at no level, a period that is
     * over or too long, and a second deputy for the same time.
     */
    @Transactional
    public Deputy appoint(String person, String deputy, Instant from, Instant until) {
        Instant now = clock.instant();
        if (AccountIds.isOne(deputy, person)) {
            throw Refusal.ofField(
                    Refusal.Kind.UNPROCESSABLE,
                    "deputy",
                    "no-such-deputy",
                    "You cannot be your own deputy; name somebody else.");
        }
        if (people.find(deputy).isEmpty()) {
            throw Refusal.ofField(
                    Refusal.Kind.UNPROCESSABLE,
                    "deputy",
                    "no-such-deputy",
                    "There is no account '" + deputy + "'; name your deputy by the account, not by the name.");
        }
        if (!from.isBefore(until) || !until.isAfter(now)) {
            throw Refusal.ofField(
                    Refusal.Kind.UNPROCESSABLE,
                    "until",
                    "period-over",
                    from.isBefore(until) ? "That period is over already." : "The period ends before it begins.");
        }
        if (Duration.between(from, until).compareTo(LONGEST) > 0) {
            throw Refusal.ofField(
                    Refusal.Kind.UNPROCESSABLE,
                    "until",
                    "period-too-long",
                    "A deputy is named for " + LONGEST.toDays() + " days at most; do it again then.");
        }
        if (until.isAfter(now.plus(FURTHEST)) || from.isBefore(now.minus(FURTHEST))) {
            throw Refusal.ofField(
                    Refusal.Kind.UNPROCESSABLE,
                    "until",
                    "period-too-far",
                    "A deputy is named at most a year ahead; do it again then.");
        }
        if (!standIns.mayAnywhere(deputy, person)) {
            throw StandIns.refusal("deputy", people.find(deputy), "at any level", offered(person));
        }
        requireFree(person, from, until);
        Deputy appointed = new Deputy(UUID.randomUUID(), person, deputy, from, until);
        jdbc.sql("insert into deputy values (:id, :person, :deputy, :from, :until, :now)")
                .param("id", appointed.id())
                .param("person", person)
                .param("deputy", deputy)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        events.publishEvent(new DeputyAppointed(appointed));
        return appointed;
    }

    /** Refuses a period in which somebody else is their deputy; two at the same moment are judged one after the other. */
    private void requireFree(String person, Instant from, Instant until) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('drawbridge: deputy of ' || :person, 0))")
                .param("person", person)
                .query((row, number) -> person)
                .single();
        List<Deputy> named =
                list(person).stream().filter(one -> one.person().equals(person)).toList();
        named.stream()
                .filter(one -> one.startsAt().isBefore(until) && from.isBefore(one.endsAt()))
                .findFirst()
                .ifPresent(one -> {
                    WallClock reader = clocks.of(person, people.groupsOf(person));
                    throw Refusal.ofField(
                            Refusal.Kind.CONFLICT,
                            "from",
                            "deputy-for-that-time",
                            people.nameOf(one.deputy()) + " is your deputy from " + reader.moment(one.startsAt())
                                    + " until " + reader.moment(one.endsAt())
                                    + " already; dismiss them first, or name another time.");
                });
        if (named.size() >= MOST) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "too-many-deputies",
                    "You have named " + MOST + " deputies already; dismiss one of them first.");
        }
    }

    /** Ends one's own appointment before its time; refuses any other. */
    @Transactional
    public void dismiss(String person, UUID id) {
        Deputy deputy = list(person).stream()
                .filter(mine -> mine.id().equals(id) && mine.person().equals(person))
                .findFirst()
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.NOT_FOUND, "unknown-deputy", "You have named no such deputy, or it has ended."));
        jdbc.sql("insert into deputy_dismissal values (:id, :now) on conflict do nothing")
                .param("id", id)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        events.publishEvent(new DeputyDismissed(deputy));
    }

    /** The appointments, now and to come, that a person made or that name them. */
    public List<Deputy> list(String person) {
        return jdbc.sql("""
                        select * from deputy d where (person = :person or deputy = :person) and ends_at > :now
                          and not exists (select 1 from deputy_dismissal x where x.deputy_id = d.id)
                        order by starts_at
                        """)
                .param("person", person)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Deputies::read)
                .list();
    }

    /** All appointments that hold at this moment, one a person. */
    public List<Deputy> at(Instant moment) {
        return jdbc.sql("""
                        select distinct on (d.person) d.* from deputy d left join deputy_dismissal x on x.deputy_id = d.id
                        where starts_at <= :moment and ends_at > :moment
                          and (x.dismissed_at is null or x.dismissed_at > :moment)
                        order by d.person, d.appointed_at, d.id
                        """)
                .param("moment", moment.atOffset(ZoneOffset.UTC))
                .query(Deputies::read)
                .list();
    }

    private static Deputy read(ResultSet row, int number) throws SQLException {
        return new Deputy(
                row.getObject("id", UUID.class),
                row.getString("person"),
                row.getString("deputy"),
                row.getObject("starts_at", OffsetDateTime.class).toInstant(),
                row.getObject("ends_at", OffsetDateTime.class).toInstant());
    }
}
