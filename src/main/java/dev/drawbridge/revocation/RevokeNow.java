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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngineException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Ends access at once, for operators and security: one, all of a person, all of an entitlement. */
@Component
public class RevokeNow {
    private static final Logger log = LoggerFactory.getLogger(RevokeNow.class);
    private static final int MOST_NAMED = 20;
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
     * access; the requests that end. One that cannot be ended now keeps none of the others from it, and is named in what is
     * refused then.
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
            Set<UUID> ending = new LinkedHashSet<>();
            Set<UUID> failed = new LinkedHashSet<>();
            each(open(whose, which), id -> order(actor, id, why), ending, failed);
            each(
                    ends.pending(whose, which),
                    id -> requests.find(id).ifPresent(request -> drop.drop(request, "WITHDRAWN", actor, why)),
                    ending,
                    failed);
            // What became access between the two, and what could not be ended before.
            failed.clear();
            each(open(whose, which), id -> order(actor, id, why), ending, failed);
            failed.addAll(ends.pending(whose, which));
            failed.removeAll(ending);
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
        });
    }

    private List<UUID> open(@Nullable String whose, @Nullable String which) {
        return grants.open(whose, which).stream()
                .map(Grant::requestId)
                .filter(id -> revocations.find(id).isEmpty())
                .toList();
    }

    private static void each(List<UUID> ids, Consumer<UUID> end, Set<UUID> ending, Set<UUID> failed) {
        for (UUID id : ids) {
            try {
                end.accept(id);
                ending.add(id);
            } catch (ProcessEngineException | DataAccessException | TransactionException | Refusal busy) {
                log.warn("The request {} could not be ended with others", id, busy);
                failed.add(id);
            }
        }
    }

    private void order(String actor, UUID id, String why) {
        end.order(id, Reason.REVOKED, actor, why);
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
