package dev.drawbridge.grant;

/** Event: the target confirmed that the access is there, in the transaction that publishes this. */
public record AccessGranted(Grant grant) {}
