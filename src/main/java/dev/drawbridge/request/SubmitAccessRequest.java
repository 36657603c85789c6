package dev.drawbridge.request;

import static dev.drawbridge.platform.Refusal.Kind.CONFLICT;
import static dev.drawbridge.platform.Refusal.Kind.FORBIDDEN;
import static dev.drawbridge.platform.Refusal.Kind.NOT_FOUND;
import static dev.drawbridge.platform.Refusal.Kind.UNPROCESSABLE;

import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.Offer;
import dev.drawbridge.catalog.TicketNumbers;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Turns what somebody sent into a recorded request, or refuses it with a sentence that names the field. */
@Component
public class SubmitAccessRequest {
    /** Approvers must be able to see what matters. */
    private static final int MOST_WAITING = 25;

    /** How far ahead access can begin. */
    public static final Duration FURTHEST_START = Duration.ofDays(30);

    private final Offer offer;
    private final TicketNumbers tickets;
    private final AccessRequests requests;
    private final ApplicationEventPublisher events;
    private final AccessToExtend live;
    private final Clock clock;

    SubmitAccessRequest(
            Offer offer,
            TicketNumbers tickets,
            AccessRequests requests,
            ApplicationEventPublisher events,
            AccessToExtend live,
            Clock clock) {
        this.offer = offer;
        this.tickets = tickets;
        this.requests = requests;
        this.events = events;
        this.live = live;
        this.clock = clock;
    }

    /** Lets whoever sends the same at this moment wait until the running transaction is over. */
    public void oneAtATime(SignIn signIn, Draft draft) {
        // What is not in the catalog is no name to wait for, nor one that the database takes.
        askable(signIn, draft.entitlementId());
        requests.oneAtATimeFor(signIn.person(), draft.entitlementId());
    }

    /** Records a request that was {@link #checked}. */
    public void record(AccessRequest request, SignIn signIn) {
        requests.add(request, signIn);
        events.publishEvent(new AccessRequested(request, signIn));
    }

    /** The request that this makes; refuses what cannot be asked for. */
    public AccessRequest checked(SignIn signIn, Draft draft, String processInstanceId) {
        // Milliseconds are what every part of the system keeps: a digest must read the same after a round trip.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Entitlement entitlement = askable(signIn, draft.entitlementId());
        UUID extending = draft.parsedExtending();
        Duration duration = draft.parsedDuration();
        Instant start = draft.parsedStart(now);
        if (extending == null) {
            requireWithin(entitlement, duration, "");
        } else {
            requireExtendable(signIn, entitlement, extending, duration, start, now);
        }
        AccessRequest request = new AccessRequest(
                UUID.randomUUID(),
                processInstanceId,
                signIn.person(),
                entitlement.id(),
                duration,
                draft.checkedJustification(),
                draft.checkedTicket(tickets),
                start,
                now,
                extending);
        Optional<UUID> existing =
                extending == null ? requests.findOverlapping(request) : requests.findPendingExtension(extending);
        existing.ifPresent(other -> {
            throw Refusal.becauseOf(
                    other,
                    CONFLICT,
                    "already-requested",
                    "You already have a request for this that is not over yet. Follow that one; withdraw it, or hand it"
                            + " back, to ask anew.");
        });
        if (requests.waitingOf(signIn.person()) >= MOST_WAITING) {
            throw Refusal.of(
                    CONFLICT,
                    "too-many-waiting",
                    MOST_WAITING + " requests of yours wait already; withdraw what you need no more.");
        }
        return request;
    }

    private void requireExtendable(
            SignIn signIn,
            Entitlement entitlement,
            UUID extending,
            Duration duration,
            @Nullable Instant start,
            Instant now) {
        AccessToExtend.LiveAccess access = live.find(extending, now)
                .filter(found -> found.requester().equals(signIn.person()) && !requests.isOfAnEarlierAccount(extending))
                .orElseThrow(() -> Refusal.ofField(
                        CONFLICT,
                        "extending",
                        "access-not-active",
                        "Only access of your own that is active now can be extended; ask for it anew."));
        if (!access.entitlement().equals(entitlement.id())) {
            throw Refusal.ofField(
                    UNPROCESSABLE,
                    "entitlement",
                    "another-entitlement",
                    "The access that you hold is to " + access.entitlement() + "; only that can be extended.");
        }
        if (start != null) {
            throw Refusal.ofField(
                    UNPROCESSABLE, "startsAt", "start-of-extension", "More time begins where the access would end.");
        }
        try {
            requireWithin(entitlement, access.total().plus(duration), " in all");
        } catch (ArithmeticException tooLong) {
            throw tooLong(entitlement, " in all");
        }
    }

    private static void requireWithin(Entitlement entitlement, Duration duration, String inAll) {
        if (duration.compareTo(entitlement.limit()) > 0) {
            throw tooLong(entitlement, inAll);
        }
    }

    private static Refusal tooLong(Entitlement entitlement, String inAll) {
        return Refusal.ofField(
                UNPROCESSABLE,
                "duration",
                "duration-above-limit",
                entitlement.name() + " is given for " + InWords.length(entitlement.limit()) + inAll + " at most.");
    }

    private Entitlement askable(SignIn signIn, String id) {
        Entitlement entitlement = offer.find(id).orElseThrow(() -> notOffered(id));
        if (Collections.disjoint(signIn.groups(), entitlement.requesters())) {
            throw Refusal.ofField(
                    FORBIDDEN,
                    "entitlement",
                    "entitlement-not-for-you",
                    "You may not ask for " + entitlement.name() + "; it is for "
                            + String.join(
                                    ", ",
                                    entitlement.requesters().stream().sorted().toList()) + ".");
        }
        return entitlement;
    }

    private Refusal notOffered(String id) {
        return offer.knows(id)
                ? Refusal.ofField(
                        CONFLICT,
                        "entitlement",
                        "entitlement-not-offered",
                        "'" + id + "' cannot be asked for. " + offer.whyNot(id).orElse("Try again."))
                : Refusal.ofField(
                        NOT_FOUND,
                        "entitlement",
                        "unknown-entitlement",
                        "There is nothing called '" + (id.length() <= 60 ? id : id.substring(0, 60) + "…")
                                + "' in the catalog.");
    }
}
