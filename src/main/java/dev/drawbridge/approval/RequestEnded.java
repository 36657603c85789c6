package dev.drawbridge.approval;

import java.util.UUID;

/**
 * Event: a request ended without access, in the transaction that publishes this.
 *
 * @param inTheirWords whether the reason is what the actor wrote, and no sentence of the product
 */
public record RequestEnded(UUID requestId, String outcome, String actor, String reason, boolean inTheirWords) {}
