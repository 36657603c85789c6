package dev.drawbridge.grant;

/** Event: the requester was shown a fresh credential; it holds no secret. */
public record CredentialRevealed(Grant grant, String actor) {}
