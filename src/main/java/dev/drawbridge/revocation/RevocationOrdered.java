package dev.drawbridge.revocation;

import java.util.UUID;

/** Event: access is to end, in the transaction that publishes this. */
public record RevocationOrdered(UUID requestId, Reason reason, String actor, String note) {}
