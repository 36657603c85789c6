package dev.drawbridge.grant;

/**
 * Event: the target confirmed that the access is there, in the transaction that publishes this.
 *
 * @param automatic whether no human was asked
 */
public record AccessGranted(Grant grant, boolean automatic) {}
