package dev.drawbridge.approval;

import java.util.UUID;

/** Event: a request ended without access, in the transaction that publishes this. */
public record RequestEnded(UUID requestId, String outcome, String actor, String reason) {}
