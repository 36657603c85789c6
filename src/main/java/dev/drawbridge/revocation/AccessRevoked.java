package dev.drawbridge.revocation;

import dev.drawbridge.grant.Grant;

/** Event: the target confirmed that nothing is left, in the transaction that publishes this. */
public record AccessRevoked(Grant grant, Reason reason) {}
