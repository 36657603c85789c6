package dev.drawbridge.request;

import dev.drawbridge.platform.SignIn;

/** Event: a request was recorded, in the transaction that publishes this. */
public record AccessRequested(AccessRequest request, SignIn signIn) {}
