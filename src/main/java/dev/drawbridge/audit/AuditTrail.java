package dev.drawbridge.audit;

import dev.drawbridge.approval.ApprovalEscalated;
import dev.drawbridge.approval.ApprovalGiven;
import dev.drawbridge.approval.ApproversChanged;
import dev.drawbridge.approval.ApproversReminded;
import dev.drawbridge.approval.HandedBack;
import dev.drawbridge.approval.HandedOver;
import dev.drawbridge.approval.QuestionAnswered;
import dev.drawbridge.approval.QuestionAsked;
import dev.drawbridge.approval.QuestionLapsed;
import dev.drawbridge.approval.RequestEnded;
import dev.drawbridge.audit.Wording.Entry;
import dev.drawbridge.deputies.DeputyAppointed;
import dev.drawbridge.deputies.DeputyDismissed;
import dev.drawbridge.directory.MembershipEnded;
import dev.drawbridge.directory.PersonChanged;
import dev.drawbridge.grant.AccessExtended;
import dev.drawbridge.grant.AccessGranted;
import dev.drawbridge.grant.CredentialRevealed;
import dev.drawbridge.guardrails.VerdictGiven;
import dev.drawbridge.platform.RefusedAttempt;
import dev.drawbridge.platform.SignInRefused;
import dev.drawbridge.process.ProcessesPublished;
import dev.drawbridge.request.AccessRequested;
import dev.drawbridge.revocation.AccessesRevoked;
import dev.drawbridge.revocation.DiscrepancyFound;
import dev.drawbridge.revocation.DiscrepancySettled;
import dev.drawbridge.revocation.RevocationsFailing;
import dev.drawbridge.revocation.RevocationsOrdered;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.util.Locale;
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

/** Adds an entry for every fact, in the fact's transaction, and for every refused attempt, in one of its own. */
@Component
class AuditTrail {
    /** So many different attempts of one kind and one person are told apart at a time. */
    private static final int MOST_OF_ONE = 30;

    private static final int MOST_OF_OURS = 1_000;

    private static final int MOST_NAMED = 5;
    private static final Pattern UUIDS =
            Pattern.compile("(?i)\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b");

    private final Entries entries;
    private final JdbcClient aside;
    private final Wording wording;
    private final Repetition repetition;

    AuditTrail(
            Entries entries, @Qualifier("refusedAttemptsConnections") DataSource aside, Wording wording, Clock clock) {
        this.entries = entries;
        this.aside = JdbcClient.create(aside);
        this.wording = wording;
        this.repetition = new Repetition(clock);
    }

    @EventListener
    void on(AccessRequested event) {
        entries.add(wording.of(event));
    }

    @EventListener
    void on(VerdictGiven event) {
        entries.add(wording.of(event));
    }

    @EventListener
    void on(ApprovalGiven event) {
        entries.add(wording.of(event));
    }

    @EventListener
    void on(ApproversReminded event) {
        entries.add(wording.of(event));
    }

    @EventListener
    void on(ApprovalEscalated event) {
        entries.add(wording.of(event));
    }

    @EventListener
    void on(ApproversChanged event) {
        entries.add(wording.of(event));
    }

    @EventListener
    void on(PersonChanged event) {
        entries.add(wording.of(event));
    }

    @EventListener
    void on(MembershipEnded event) {
        entries.add(wording.of(event));
    }

    @EventListener
    void on(QuestionAsked event) {
        entries.add(wording.of(event));
    }

    @EventListener
    void on(QuestionAnswered event) {
        entries.add(wording.of(event));
    }

    @EventListener
    void on(QuestionLapsed event) {
        entries.add(wording.of(event));
    }

    @EventListener
    void on(HandedOver event) {
        entries.add(wording.of(event));
    }

    @EventListener
    void on(HandedBack event) {
        entries.add(wording.of(event));
    }

    @EventListener
    void on(DeputyAppointed event) {
        entries.add(wording.of(event));
    }

    @EventListener
    void on(DeputyDismissed event) {
        entries.add(wording.of(event));
    }

    @EventListener
    void on(RequestEnded event) {
        entries.add(wording.of(event));
    }

    @EventListener
    void on(AccessGranted event) {
        entries.add(wording.of(event));
    }

    @EventListener
    void on(CredentialRevealed event) {
        entries.add(wording.of(event));
    }

    @EventListener
    void on(RevocationsOrdered event) {
        event.each().forEach(ordered -> entries.add(wording.of(ordered)));
    }

    @EventListener
    void on(AccessesRevoked event) {
        event.each().forEach(revoked -> entries.add(Wording.of(revoked)));
    }

    @EventListener
    void on(AccessExtended event) {
        entries.add(wording.of(event));
    }

    /** The first time, the second, the fourth and so on: a target that is down for days fills no record. */
    @EventListener
    void on(RevocationsFailing event) {
        event.each().stream()
                .filter(failing -> Integer.bitCount(failing.number()) == 1)
                .forEach(failing -> entries.add(Wording.of(failing)));
    }

    @EventListener
    void on(DiscrepancyFound event) {
        entries.add(wording.of(event));
    }

    @EventListener
    void on(DiscrepancySettled event) {
        entries.add(wording.of(event));
    }

    @EventListener
    void on(ProcessesPublished event) {
        entries.add(wording.of(event));
    }

    @EventListener
    void on(RefusedAttempt event) {
        boolean ours = event.actor().equals("system");
        UUID about = ours ? event.requestId() : reallyAbout(event);
        Entry entry = wording.of(event, about);
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

    @EventListener
    void on(SignInRefused event) {
        Entry entry = wording.of(event);
        Object series = event.account() == null ? event.throttled() : event.account();
        addOnce(new Repetition.Kind("sign-in", MOST_OF_OURS, series), entry, event.address());
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
        repetition.over(false).forEach(repeated -> entries.addAside(wording.of(repeated)));
    }

    @PreDestroy
    void addAllRepeated() {
        repetition.over(true).forEach(repeated -> entries.addAside(wording.of(repeated)));
    }
}
