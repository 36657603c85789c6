package dev.drawbridge.revocation;

import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Ends access at once, for operators and security: one, all of a person, all of an entitlement; and what waits to become access
 * in the same way. What would end can be looked at before.
 */
@Component
public class RevokeNow {
    private static final int MOST_NAMED = 20;
    private static final Set<String> MAY_REVOKE = Set.of("operators", "security");

    private final Revocables revocables;
    private final RevokeEach each;
    private final Directory people;
    private final Refusals refusals;

    RevokeNow(Revocables revocables, RevokeEach each, Directory people, Refusals refusals) {
        this.revocables = revocables;
        this.each = each;
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
            each.one(actor, found, why);
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
        Set<UUID> ordered = each.together(actor, all, why);
        ending.addAll(ordered);
        Set<UUID> failed = new LinkedHashSet<>();
        for (Revocable one : all) {
            if (!ordered.contains(one.requestId())) {
                (each.tried(actor, one, why) ? ending : failed).add(one.requestId());
            }
        }
        return failed;
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
