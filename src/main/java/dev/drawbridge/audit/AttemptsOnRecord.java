package dev.drawbridge.audit;

import dev.drawbridge.platform.RefusedAttempt;
import dev.drawbridge.platform.SignInRefused;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What was refused, and sign-ins that failed: each in a transaction of its own, which nothing rolls back. */
@Component
class AttemptsOnRecord {
    /** Who has not signed in. */
    private static final String NOBODY = "nobody";

    private static final int LONGEST = 1_000;

    /** So many different attempts of one kind and one person are told apart at a time. */
    private static final int MOST_OF_ONE = 30;

    private static final int MOST_OF_OURS = 1_000;

    private static final int MOST_NAMED = 5;
    private static final Pattern UUIDS =
            Pattern.compile("(?i)\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b");

    private final Entries entries;
    private final JdbcClient aside;
    private final Repetition repetition;

    AttemptsOnRecord(Entries entries, @Qualifier("refusedAttemptsConnections") DataSource aside, Clock clock) {
        this.entries = entries;
        this.aside = JdbcClient.create(aside);
        this.repetition = new Repetition(clock);
    }

    @EventListener
    void on(RefusedAttempt event) {
        boolean ours = event.actor().equals("system");
        UUID about = ours ? event.requestId() : reallyAbout(event);
        Entry entry = entry(event, about);
        // What the product itself is refused concerns one request each time; a person can make up any number.
        int most = ours ? MOST_OF_OURS : MOST_OF_ONE;
        // Each code has room of its own, and so has each request that there is: what is easily made up by the dozen
        // hides nothing that is graver.
        String room = event.code() + " by " + event.actor() + (ours || about == null ? "" : " about " + about);
        addOnce(new Repetition.Kind(room, most, entry), entry, "");
    }

    /** The request that somebody's attempt concerns in truth, by its own id or that of its instance; none that is made up. */
    private @Nullable UUID reallyAbout(RefusedAttempt event) {
        String[] named = Stream.concat(
                        Stream.ofNullable(event.requestId()).map(UUID::toString),
                        UUIDS.matcher(event.sentence()).results().map(MatchResult::group))
                .map(id -> id.toLowerCase(Locale.ROOT))
                .distinct()
                .limit(MOST_NAMED)
                .toArray(String[]::new);
        return named.length == 0
                ? null
                : aside.sql("select id from access_request"
                                + " where id = any(:named::uuid[]) or process_instance_id = any(:named)"
                                + " order by id <> :own::uuid, id limit 1")
                        .param("named", named)
                        .param("own", named[0])
                        .query(UUID.class)
                        .optional()
                        .orElse(null);
    }

    /** {@code about}: the request that it concerns in truth; whoever may not even see it does not get into its story. */
    private static Entry entry(RefusedAttempt event, @Nullable UUID about) {
        return new Entry(
                event.actor(),
                "attempt-refused",
                event.requestId() == null || event.code().equals("unknown-request") ? null : about,
                "Refused (" + event.actor() + "): " + atMost(event.sentence()),
                about == null ? Map.of("code", event.code()) : Map.of("code", event.code(), "request", about));
    }

    private static String atMost(String sentence) {
        return sentence.length() <= LONGEST ? sentence : sentence.substring(0, LONGEST) + "…";
    }

    @EventListener
    void on(SignInRefused event) {
        Entry entry = entry(event);
        Object series = event.account() == null ? event.throttled() : event.account();
        addOnce(new Repetition.Kind("sign-in", MOST_OF_OURS, series), entry, event.address());
    }

    /** Nobody is signed in; whose account it is, is said only where there is one: a name that was typed is any text. */
    private static Entry entry(SignInRefused event) {
        String from = "from " + event.address() + ".";
        String account = event.account();
        if (event.throttled()) {
            return new Entry(NOBODY, "sign-in-slowed", null, "Sign-ins are slowed down " + from, Map.of());
        }
        return account == null
                ? new Entry(
                        NOBODY,
                        "sign-in-failed",
                        null,
                        "A sign-in failed, to no account that exists, " + from,
                        Map.of())
                : new Entry(
                        NOBODY,
                        "sign-in-failed",
                        null,
                        "A sign-in as " + account + " failed, " + from,
                        Map.of("account", account));
    }

    private void addOnce(Repetition.Kind kind, Entry entry, String address) {
        addRepeated();
        if (repetition.isFirst(kind, entry, address)) {
            entries.addAside(entry);
        }
    }

    /** What was repeated, once it has stopped. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    void addRepeated() {
        repetition.over(false).forEach(repeated -> entries.addAside(repeated.entry()));
    }

    @PreDestroy
    void addAllRepeated() {
        repetition.over(true).forEach(repeated -> entries.addAside(repeated.entry()));
    }
}
