package dev.drawbridge.revocation;

import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.grant.Grant;
import dev.drawbridge.grant.Grants;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.People;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Ends access at once, for operators and security: one, all of a person, all of an entitlement. */
@Component
public class RevokeNow {
    private static final Set<String> MAY_REVOKE = Set.of("operators", "security");

    private final AccessRequests requests;
    private final Grants grants;
    private final Revocations revocations;
    private final EndAccess end;
    private final RequestEnds ends;
    private final DropRequest drop;
    private final AccessProcesses processes;
    private final People people;
    private final Refusals refusals;

    RevokeNow(
            AccessRequests requests,
            Grants grants,
            Revocations revocations,
            EndAccess end,
            RequestEnds ends,
            DropRequest drop,
            AccessProcesses processes,
            People people,
            Refusals refusals) {
        this.requests = requests;
        this.grants = grants;
        this.revocations = revocations;
        this.end = end;
        this.ends = ends;
        this.drop = drop;
        this.processes = processes;
        this.people = people;
        this.refusals = refusals;
    }

    /** Refuses, on record, anybody else, a missing reason, and access that is not there or is ending already. */
    public void one(String actor, UUID id, @Nullable String reason) {
        refusals.onRecord(actor, id, () -> {
            String why = checked(actor, reason);
            if (!grants.isOpen(id) || revocations.find(id).isPresent()) {
                throw Refusal.of(Refusal.Kind.CONFLICT, "access-not-active", "This access is not active.");
            }
            order(actor, id, why);
        });
    }

    /**
     * As {@link #one}, for every open access of a person, to an entitlement, or both, and for what still waits to become such
     * access; the requests that end.
     */
    public List<UUID> all(
            String actor, @Nullable String requester, @Nullable String entitlement, @Nullable String reason) {
        return refusals.onRecord(actor, null, () -> {
            String why = checked(actor, reason);
            String whose = blankToNull(requester);
            String which = blankToNull(entitlement);
            if (whose == null && which == null) {
                throw Refusal.ofField(
                        Refusal.Kind.INVALID,
                        "requester",
                        "missing-requester",
                        "Say whose access ends ('requester'), or to what ('entitlement'), or both.");
            }
            Set<UUID> ending = new LinkedHashSet<>(orderAll(actor, whose, which, why));
            List<UUID> dropped = ends.pending(whose, which);
            dropped.stream()
                    .flatMap(id -> requests.find(id).stream())
                    .forEach(request -> drop.drop(request, "WITHDRAWN", actor, why));
            ending.addAll(dropped);
            // What became access between the two.
            ending.addAll(orderAll(actor, whose, which, why));
            return List.copyOf(ending);
        });
    }

    private List<UUID> orderAll(String actor, @Nullable String whose, @Nullable String which, String why) {
        List<UUID> ending = grants.open(whose, which).stream()
                .map(Grant::requestId)
                .filter(id -> revocations.find(id).isEmpty())
                .toList();
        ending.forEach(id -> order(actor, id, why));
        return ending;
    }

    private void order(String actor, UUID id, String why) {
        end.order(id, Reason.REVOKED, actor, why);
        try {
            requests.find(id)
                    .map(AccessRequest::processInstanceId)
                    .ifPresent(instance -> processes.tell(instance, ProcessNames.MESSAGE_REVOKE_NOW));
        } catch (RuntimeException notListening) {
            // Suspended, gone, or on its way already: the obligation is on record, and the sweeper meets it.
        }
    }

    private String checked(String actor, @Nullable String reason) {
        if (Collections.disjoint(people.groupsOf(actor), MAY_REVOKE)) {
            throw Refusal.of(
                    Refusal.Kind.FORBIDDEN, "not-yours-to-revoke", "Only operators and security revoke access.");
        }
        if (reason == null || PlainText.looksEmpty(reason)) {
            throw Refusal.ofField(Refusal.Kind.INVALID, "reason", "missing-reason", "Say why you revoke it.");
        }
        return PlainText.checked("reason", reason);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
