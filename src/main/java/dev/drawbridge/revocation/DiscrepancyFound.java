package dev.drawbridge.revocation;

/** Event: a target differs from the grants, in the transaction that publishes this. */
public record DiscrepancyFound(Discrepancy discrepancy) {}
