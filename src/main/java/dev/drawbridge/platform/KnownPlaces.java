package dev.drawbridge.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** From which networks accounts have lately signed in right, as all nodes know it, also after a restart. */
@Component
class KnownPlaces {
    static final Duration LATELY = Duration.ofHours(12);
    /** Between one note of the same and the next. */
    private static final Duration SELDOM = Duration.ofHours(1);
    /** For so long nobody asks the database again about a network that it did not know. */
    private static final Duration SHORTLY = Duration.ofMinutes(1);

    private static final int MOST = 20_000;

    private final JdbcClient jdbc;
    private final Clock clock;
    // Filled by right sign-ins alone: no stranger pushes anybody out of it.
    private final Cache<Place, Instant> right =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final Cache<Place, Instant> unknown =
            Caffeine.newBuilder().maximumSize(MOST).build();

    private record Place(String account, String network) {}

    KnownPlaces(@Lazy JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    boolean knows(String account, String network) {
        Place place = new Place(account, network);
        Instant now = clock.instant();
        Instant last = right.getIfPresent(place);
        if (last != null && isWithin(LATELY, last, now)) {
            return true;
        }
        Instant asked = unknown.getIfPresent(place);
        if (!isStorable(account) || asked != null && isWithin(SHORTLY, asked, now)) {
            return false;
        }
        boolean known = jdbc.sql("select exists (select from known_place where account = :account"
                        + " and network = :network and at >= :since)")
                .param("account", account)
                .param("network", network)
                .param("since", stored(now.minus(LATELY)))
                .query(Boolean.class)
                .single();
        (known ? right : unknown).put(place, now);
        return known;
    }

    /** A right sign-in from there. */
    void learn(String account, String network) {
        Place place = new Place(account, network);
        Instant now = clock.instant();
        Instant last = right.getIfPresent(place);
        if (last != null && isWithin(SELDOM, last, now)) {
            return;
        }
        right.put(place, now);
        unknown.invalidate(place);
        if (isStorable(account)) {
            jdbc.sql("insert into known_place (account, network, at) values (:account, :network, :at)"
                            + " on conflict (account, network) do update set at = excluded.at")
                    .param("account", account)
                    .param("network", network)
                    .param("at", stored(now))
                    .update();
        }
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    void forget() {
        jdbc.sql("delete from known_place where at < :since")
                .param("since", stored(clock.instant().minus(LATELY)))
                .update();
    }

    private static boolean isWithin(Duration time, Instant since, Instant now) {
        return !since.plus(time).isBefore(now);
    }

    /** The database knows no such text, and would fail over it. */
    private static boolean isStorable(String account) {
        return !account.isEmpty() && account.indexOf('\0') < 0;
    }

    private static OffsetDateTime stored(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
