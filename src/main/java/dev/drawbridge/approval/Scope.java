package dev.drawbridge.approval;

import java.time.Duration;

/** How much access: what, and for how long. */
public record Scope(String entitlement, Duration duration) {}
