package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.AccessLevel;
import java.time.Instant;

/** An entitlement that somebody holds until {@code expiresAt}. */
public record HeldAccess(String entitlement, String resource, AccessLevel level, Instant expiresAt) {}
