package dev.drawbridge.revocation;

import java.util.UUID;

/** That access is to end, and who says so. */
public record RevocationOrdered(UUID requestId, Reason reason, String actor, String note) {}
