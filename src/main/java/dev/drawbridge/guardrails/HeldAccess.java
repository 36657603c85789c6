package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.AccessLevel;
import java.time.Instant;
import java.util.UUID;

/** An entitlement that somebody holds until {@code expiresAt}, given by {@code request}. */
public record HeldAccess(
        UUID request, String entitlement, String resource, String target, AccessLevel level, Instant expiresAt) {}
