package dev.drawbridge.directory;

/** Event: somebody whom an identity provider vouches for has an account from now on, in the transaction that publishes this. */
public record PersonSeenFirst(String person, String issuer) {}
