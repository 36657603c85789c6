package dev.drawbridge.revocation;

import java.util.UUID;

/** The target did not confirm the end of access, for the {@code number}th time; it is tried again. */
public record RevocationFailing(UUID requestId, int number, String reason) {}
