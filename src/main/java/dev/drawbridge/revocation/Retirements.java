package dev.drawbridge.revocation;

import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.catalog.Offer;
import dev.drawbridge.grant.Grant;
import dev.drawbridge.grant.Grants;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Ends what waits for something that has been retired or has left the catalog, as soon as that is so, and access to it where
 * the catalog says that it ends with it.
 */
@Component
class Retirements {
    private static final Logger log = LoggerFactory.getLogger(Retirements.class);

    private final Offer offer;
    private final RequestEnds ends;
    private final AccessRequests requests;
    private final Grants grants;
    private final DropRequest drop;
    private final Sweeper sweeper;
    /** What was dealt with already, by this node. */
    private final Set<String> settled = new HashSet<>();

    Retirements(
            Offer offer, RequestEnds ends, AccessRequests requests, Grants grants, DropRequest drop, Sweeper sweeper) {
        this.offer = offer;
        this.ends = ends;
        this.requests = requests;
        this.grants = grants;
        this.drop = drop;
        this.sweeper = sweeper;
    }

    /** The moment that was planned may have come. */
    @Scheduled(fixedDelayString = "PT2S", initialDelayString = "PT2S")
    void lookForDue() {
        Set<String> due = new HashSet<>(offer.retired());
        due.removeAll(settled);
        due.forEach(this::settle);
    }

    /** All of it: what has left the catalog too, and what came in at the very moment. */
    void lookAtAll() {
        offer.retired().forEach(this::settle);
        ends.waitedFor().stream()
                .filter(entitlement -> !offer.knows(entitlement))
                .forEach(this::settle);
    }

    private void settle(String entitlement) {
        try {
            offer.whyNeverAgain(entitlement)
                    .ifPresent(why -> ends.pending(null, entitlement)
                            .forEach(id -> requests.find(id).ifPresent(request -> drop(request, why))));
            offer.whyEnded(entitlement)
                    .ifPresent(why -> grants.open(null, entitlement).forEach(grant -> end(grant, why)));
            settled.add(entitlement);
        } catch (RuntimeException failed) {
            log.warn("What is left of '{}' could not be ended; it is tried again", entitlement, failed);
        }
    }

    private void drop(AccessRequest request, String why) {
        drop.drop(request, "FAILED", "system", why);
    }

    private void end(Grant grant, String why) {
        sweeper.revoke(grant, "system", why);
    }
}
