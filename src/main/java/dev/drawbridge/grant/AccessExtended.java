package dev.drawbridge.grant;

import java.util.UUID;

/** Event: the target confirmed the later end of a grant, in the transaction that publishes this. */
public record AccessExtended(Grant grant, UUID extension) {}
