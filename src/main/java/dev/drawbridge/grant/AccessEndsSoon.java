package dev.drawbridge.grant;

/** Event: access ends before long, in the transaction that publishes this. */
public record AccessEndsSoon(Grant grant) {}
