package dev.drawbridge.revocation;

import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngineException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Ends access at once, for operators and security: one, all of a person, all of an entitlement; and what waits to become access
 * in the same way. What would end can be looked at before.
 */
@Component
public class RevokeNow {
    private static final Logger log = LoggerFactory.getLogger(RevokeNow.class);
    private static final int MOST_NAMED = 20;
    private static final int MOST_TOGETHER = 500;
    private static final Set<String> MAY_REVOKE = Set.of("operators", "security");

    private final AccessRequests requests;
    private final Revocables revocables;
    private final EndAccess end;
    private final EndMany endMany;
    private final DropRequest drop;
    private final AccessProcesses processes;
    private final Directory people;
    private final Refusals refusals;

    RevokeNow(
            AccessRequests requests,
            Revocables revocables,
            EndAccess end,
            EndMany endMany,
            DropRequest drop,
            AccessProcesses processes,
            Directory people,
            Refusals refusals) {
        this.requests = requests;
        this.revocables = revocables;
        this.end = end;
        this.endMany = endMany;
        this.drop = drop;
        this.processes = processes;
        this.people = people;
        this.refusals = refusals;
    }

    /** What of a person, of an entitlement, or both: exactly this is what {@link #all} ends. */
    public record Which(
            @Nullable String requester, @Nullable String entitlement) {
        public Which {
            requester = blankToNull(requester);
            entitlement = blankToNull(entitlement);
        }

        private static @Nullable String blankToNull(@Nullable String text) {
            return text == null || text.isBlank() ? null : text.strip();
        }
    }

    /** What could be revoked at this moment; of everybody where nothing is named. Refuses everybody who may not revoke. */
    public List<Revocable> foreseen(String actor, Which which) {
        return refusals.onRecord(actor, null, () -> {
            requireMayRevoke(actor);
            return revocables.of(which.requester(), which.entitlement());
        });
    }

    /**
     * Everything that could be revoked, in short.
     *
     * @param waitingInAll how many requests have not come to access yet
     * @param waiting the first of them
     * @param requesters everybody who has something open
     * @param entitlements everything that they have asked for
     */
    public record Underway(
            long waitingInAll, List<Revocable> waiting, List<String> requesters, List<String> entitlements) {
        /** For who may not revoke. */
        public static final Underway NOTHING = new Underway(0, List.of(), List.of(), List.of());
    }

    /** What could be revoked at this moment, in short. Refuses everybody who may not revoke. */
    public Underway underway(String actor, int most) {
        return refusals.onRecord(actor, null, () -> {
            requireMayRevoke(actor);
            Revocables.Sum sum = revocables.sum();
            return new Underway(sum.waiting(), revocables.waiting(most), sum.requesters(), sum.entitlements());
        });
    }

    /** Refuses, on record, anybody else, a missing reason, and what has ended or is ending already. */
    public void one(String actor, UUID id, @Nullable String reason) {
        refusals.onRecord(actor, id, () -> {
            String why = checked(actor, reason);
            Revocable found = revocables
                    .find(id)
                    .orElseThrow(() -> Refusal.of(
                            Refusal.Kind.CONFLICT,
                            "access-not-active",
                            "There is nothing to revoke: it has ended, or is ending already."));
            revoke(actor, found, why);
        });
    }

    /**
     * As {@link #one}, for all of it; the requests that end. One that cannot be ended now keeps none of the others from it, and
     * is named in what is refused then.
     */
    public List<UUID> all(String actor, Which which, @Nullable String reason) {
        return refusals.onRecord(actor, null, () -> revoke(actor, which, any -> true, reason));
    }

    /** As {@link #all}, but of those that were looked at before alone: what has come since goes on. */
    public List<UUID> shown(String actor, Which which, Collection<UUID> shown, @Nullable String reason) {
        return refusals.onRecord(
                actor, null, () -> revoke(actor, which, seen -> shown.contains(seen.requestId()), reason));
    }

    private List<UUID> revoke(String actor, Which which, Predicate<Revocable> wanted, @Nullable String reason) {
        String why = checked(actor, reason);
        if (which.requester() == null && which.entitlement() == null) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID,
                    "requester",
                    "missing-requester",
                    "Say whose access ends ('requester'), or to what ('entitlement'), or both.");
        }
        Set<UUID> ending = new LinkedHashSet<>();
        tryEach(actor, which, wanted, why, ending);
        // What has come meanwhile, and what could not be ended before.
        Set<UUID> failed = tryEach(actor, which, wanted, why, ending);
        if (!failed.isEmpty()) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "not-all-revoked",
                    ending.size() + " end now. " + failed.size() + " could not be reached, and go on: "
                            + failed.stream()
                                    .limit(MOST_NAMED)
                                    .map(UUID::toString)
                                    .collect(Collectors.joining(", "))
                            + ". Send it again.");
        }
        return List.copyOf(ending);
    }

    /** Those that could not be ended. */
    private Set<UUID> tryEach(String actor, Which which, Predicate<Revocable> wanted, String why, Set<UUID> ending) {
        List<Revocable> all = revocables.of(which.requester(), which.entitlement()).stream()
                .filter(one -> wanted.test(one) && !ending.contains(one.requestId()))
                .toList();
        Set<UUID> ordered = orderTogether(actor, all, why);
        ending.addAll(ordered);
        Set<UUID> failed = new LinkedHashSet<>();
        for (Revocable one : all) {
            if (!ordered.contains(one.requestId())) {
                (tried(actor, one, why) ? ending : failed).add(one.requestId());
            }
        }
        return failed;
    }

    /** What nobody else is at; the rest is ordered one by one, and waited for. */
    private Set<UUID> orderTogether(String actor, List<Revocable> all, String why) {
        List<UUID> given =
                all.stream().filter(Revocable::given).map(Revocable::requestId).toList();
        Set<UUID> ordered = new LinkedHashSet<>();
        for (int from = 0; from < given.size(); from += MOST_TOGETHER) {
            try {
                ordered.addAll(endMany.order(
                        given.subList(from, Math.min(given.size(), from + MOST_TOGETHER)), Reason.REVOKED, actor, why));
            } catch (DataAccessException | TransactionException busy) {
                log.warn("Some requests could not be ended together", busy);
            }
        }
        // Many are ended together by the sweeper's next round, and their processes follow. Where they are spread over
        // so many
        // targets that none has many, that round is the one behind the processes' time of grace.
        if (ordered.size() < Sweeper.MANY) {
            ordered.forEach(this::tellProcess);
        }
        return ordered;
    }

    private boolean tried(String actor, Revocable one, String why) {
        try {
            revoke(actor, one, why);
            return true;
        } catch (ProcessEngineException | DataAccessException | TransactionException | Refusal busy) {
            log.warn("The request {} could not be ended with others", one.requestId(), busy);
            return false;
        }
    }

    private void revoke(String actor, Revocable one, String why) {
        if (one.given()) {
            end.order(one.requestId(), Reason.REVOKED, actor, why);
            tellProcess(one.requestId());
        } else {
            requests.find(one.requestId()).ifPresent(request -> drop.drop(request, "REVOKED", actor, why));
        }
    }

    private void tellProcess(UUID id) {
        try {
            requests.find(id)
                    .map(AccessRequest::processInstanceId)
                    .ifPresent(instance -> processes.tell(instance, ProcessNames.MESSAGE_REVOKE_NOW));
        } catch (Refusal | ProcessEngineException | DataAccessException | TransactionException notListening) {
            // Suspended, gone, or on its way already: the obligation is on record, and the sweeper meets it.
            log.info("The process of the request {} hears later that its access ends", id, notListening);
        }
    }

    private String checked(String actor, @Nullable String reason) {
        requireMayRevoke(actor);
        if (reason == null || PlainText.looksEmpty(reason)) {
            throw Refusal.ofField(Refusal.Kind.INVALID, "reason", "missing-reason", "Say why you revoke it.");
        }
        return PlainText.checked("reason", reason);
    }

    /** Whether this person revokes what is not theirs. */
    public boolean mayRevoke(String actor) {
        return !Collections.disjoint(CurrentSignIn.groupsOf(actor).orElseGet(() -> people.groupsOf(actor)), MAY_REVOKE);
    }

    private void requireMayRevoke(String actor) {
        if (!mayRevoke(actor)) {
            throw Refusal.of(
                    Refusal.Kind.FORBIDDEN, "not-yours-to-revoke", "Only operators and security revoke access.");
        }
    }
}
