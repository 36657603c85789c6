package dev.drawbridge.revocation;

import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.TargetUnreachable;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ends many accesses at once, as {@link EndAccess} ends one: first the obligations go on record, then the target is made to
 * confirm them. Any number may be at this side by side, on one node or on many: each takes what nobody else is at.
 */
@Component
class EndMany {
    private static final Logger log = LoggerFactory.getLogger(EndMany.class);

    private static final int MOST_AT_ONCE = 100;

    private final Obligations obligations;
    private final Connector connector;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final TransactionTemplate apart;

    EndMany(
            Obligations obligations,
            Connector connector,
            ApplicationEventPublisher events,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.obligations = obligations;
        this.connector = connector;
        this.events = events;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * What one round has come to.
     *
     * @param taken all that was looked at; nothing where nothing more is due that nobody else is at
     * @param ended what its target has confirmed; the rest of what was taken is for {@link EndAccess}
     */
    record Round(List<UUID> taken, List<Obligation> ended) {}

    /** Ends some of what was due before a moment, {@code beside} those that were taken already. */
    Round next(String system, Instant before, Collection<UUID> beside, String note) {
        List<UUID> taken = Objects.requireNonNull(transaction.execute(status -> {
            List<UUID> due = obligations.takeDue(system, before, beside, MOST_AT_ONCE);
            order(obligations.open(due), note);
            return due;
        }));
        return new Round(taken, taken.isEmpty() ? List.of() : carryOut(system, taken));
    }

    private void order(List<Obligation> due, String note) {
        Instant now = clock.instant();
        order(
                due.stream()
                        .filter(each -> each.order() == null && each.isOver(now))
                        .map(each -> new RevocationOrdered(
                                each.grant().requestId(),
                                Obligation.reason(each.grant(), each.wasUsable(), now),
                                "system",
                                note))
                        .toList(),
                now);
    }

    private void order(List<RevocationOrdered> each, Instant now) {
        if (each.isEmpty()) {
            return;
        }
        Set<UUID> added = Set.copyOf(obligations.order(each, now));
        events.publishEvent(new RevocationsOrdered(
                each.stream().filter(one -> added.contains(one.requestId())).toList()));
    }

    /** Puts one obligation for each of these on record; those that it stands for now. What somebody else is at is passed over. */
    List<UUID> order(Collection<UUID> requests, Reason reason, String actor, String note) {
        return Objects.requireNonNull(transaction.execute(status -> {
            List<UUID> taken = obligations.take(requests);
            order(
                    taken.stream()
                            .map(id -> new RevocationOrdered(id, reason, actor, note))
                            .toList(),
                    clock.instant());
            return taken;
        }));
    }

    private List<Obligation> carryOut(String system, List<UUID> requests) {
        return Objects.requireNonNull(transaction.execute(status -> {
            List<Obligation> ordered = obligations.open(obligations.take(requests)).stream()
                    .filter(each -> each.order() != null)
                    .toList();
            Set<UUID> gone = gone(system, ordered);
            List<Obligation> ended = ordered.stream()
                    .filter(each -> gone.contains(each.grant().requestId()))
                    .toList();
            if (ended.isEmpty()) {
                return ended;
            }
            Instant now = clock.instant();
            obligations.confirm(gone, now);
            events.publishEvent(new AccessesRevoked(ended.stream()
                    .map(each -> each.revoked(Objects.requireNonNull(each.order()), now))
                    .toList()));
            return ended;
        }));
    }

    private Set<UUID> gone(String system, List<Obligation> ordered) {
        Set<UUID> gone = new HashSet<>();
        List<Obligation> there = new ArrayList<>();
        for (Obligation each : ordered) {
            if (each.grant().place().untouched()) {
                gone.add(each.grant().requestId());
            } else {
                there.add(each);
            }
        }
        try {
            if (!there.isEmpty()) {
                gone.addAll(connector.revokeTogether(
                        system,
                        there.stream().map(each -> each.grant().access()).toList()));
            }
        } catch (TargetUnreachable unreachable) {
            apart.executeWithoutResult(status -> events.publishEvent(new RevocationsFailing(obligations.fail(
                    there.stream().map(each -> each.grant().requestId()).toList(),
                    String.valueOf(unreachable.getMessage()),
                    clock.instant()))));
            if (gone.isEmpty()) {
                throw unreachable;
            }
        } catch (ConnectorException failed) {
            // Each is tried alone, and what becomes of that is on record.
            log.warn("Accesses on '{}' cannot be ended together: {}", system, failed.getMessage());
        }
        return gone;
    }
}
