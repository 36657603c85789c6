package dev.drawbridge.revocation;

import dev.drawbridge.grant.Grant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An open grant that is to end.
 *
 * @param wasUsable whether its target ever confirmed that it was there
 * @param order why it ends; none while nobody has said so
 * @param processInstanceId of the process that carries it
 */
record Obligation(Grant grant, boolean wasUsable, Revocations.@Nullable Order order, String processInstanceId) {

    /** Whether its time is over: it may have been extended since it was found. */
    boolean isOver(Instant now) {
        return !grant.expiresAt().isAfter(now);
    }

    /** Why it ends where nobody has ended it: its time is over, or it never was usable, or its process is gone. */
    static Reason reason(Grant grant, boolean wasUsable, Instant now) {
        if (!wasUsable) {
            return Reason.FAILED;
        }
        return grant.expiresAt().isAfter(now) ? Reason.REVOKED : Reason.EXPIRED;
    }

    /** That its target has confirmed its end. */
    AccessRevoked revoked(Revocations.Order order, Instant at) {
        return new AccessRevoked(grant, order.reason(), due(grant, order), at);
    }

    /** When it should have been gone: when it was ordered, or at its end, where that came first. */
    static Instant due(Grant grant, Revocations.Order order) {
        return order.at().isBefore(grant.expiresAt()) ? order.at() : grant.expiresAt();
    }
}
