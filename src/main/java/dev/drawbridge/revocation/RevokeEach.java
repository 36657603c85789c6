package dev.drawbridge.revocation;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Ends what operators and security revoke: together as far as nobody else is at it, and the rest one by one. */
@Component
class RevokeEach {
    private static final Logger log = LoggerFactory.getLogger(RevokeEach.class);
    private static final int MOST_TOGETHER = 500;

    private final AccessRequests requests;
    private final EndAccess end;
    private final EndMany endMany;
    private final DropRequest drop;
    private final AccessProcesses processes;

    RevokeEach(AccessRequests requests, EndAccess end, EndMany endMany, DropRequest drop, AccessProcesses processes) {
        this.requests = requests;
        this.end = end;
        this.endMany = endMany;
        this.drop = drop;
        this.processes = processes;
    }

    /** What nobody else is at; the rest is ordered one by one, and waited for. */
    Set<UUID> together(String actor, List<Revocable> all, String why) {
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

    /** False where it cannot be ended now. */
    boolean tried(String actor, Revocable one, String why) {
        try {
            one(actor, one, why);
            return true;
        } catch (ProcessEngineException | DataAccessException | TransactionException | Refusal busy) {
            log.warn("The request {} could not be ended with others", one.requestId(), busy);
            return false;
        }
    }

    /** Access, or a request that waits for it. */
    void one(String actor, Revocable one, String why) {
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
}
