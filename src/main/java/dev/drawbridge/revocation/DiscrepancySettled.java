package dev.drawbridge.revocation;

/** Event: a target differs no longer, in the transaction that publishes this; {@code how} is a sentence. */
public record DiscrepancySettled(Discrepancy discrepancy, String how) {}
