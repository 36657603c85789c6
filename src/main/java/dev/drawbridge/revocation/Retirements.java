package dev.drawbridge.revocation;

import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.catalog.Offer;
import dev.drawbridge.publication.LatestPublication;
import dev.drawbridge.publication.TakesEffect;
import dev.drawbridge.request.AccessRequests;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
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
    private final DropRequest drop;
    private final EndRetired endRetired;
    private final LatestPublication latest;
    /** What was dealt with already, by this node. */
    private final Set<String> settled = ConcurrentHashMap.newKeySet();

    Retirements(
            Offer offer,
            RequestEnds ends,
            AccessRequests requests,
            DropRequest drop,
            EndRetired endRetired,
            LatestPublication latest) {
        this.offer = offer;
        this.ends = ends;
        this.requests = requests;
        this.drop = drop;
        this.endRetired = endRetired;
        this.latest = latest;
    }

    /** Another catalog may have taken a plan back, and made another. */
    @EventListener(TakesEffect.class)
    void begin() {
        settled.clear();
    }

    /** The moment that was planned may have come. */
    @Scheduled(fixedDelayString = "PT2S", initialDelayString = "PT2S")
    void lookForDue() {
        Set<String> due = new HashSet<>(offer.retired());
        due.removeAll(settled);
        if (!due.isEmpty() && latest.isInForce()) {
            due.forEach(this::settle);
        }
    }

    /**
     * All of it: what came in at the very moment too, and what has left the catalog, where this node goes by the latest; else
     * it is only not known here yet.
     */
    void lookAtAll() {
        // What is planned here may have been taken back elsewhere.
        if (latest.isInForce()) {
            offer.retired().forEach(this::settle);
            ends.waitedFor().stream()
                    .filter(entitlement -> !offer.knows(entitlement))
                    .forEach(this::settle);
        }
    }

    private void settle(String entitlement) {
        try {
            offer.whyNeverAgain(entitlement).ifPresent(why -> endWhatWaits(entitlement, why));
            boolean isAll = offer.whyEnded(entitlement)
                    .map(why -> endRetired.all(entitlement, why))
                    .orElse(true);
            if (isAll) {
                settled.add(entitlement);
            }
        } catch (RuntimeException failed) {
            log.warn("What is left of '{}' could not be ended; it is tried again", entitlement, failed);
        }
    }

    private void endWhatWaits(String entitlement, String why) {
        for (UUID id : ends.pending(null, entitlement).keySet()) {
            requests.find(id).ifPresent(request -> drop.drop(request, "FAILED", "system", why));
        }
    }
}
