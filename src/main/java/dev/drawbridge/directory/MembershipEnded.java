package dev.drawbridge.directory;

import java.time.Instant;

/** Event: a membership came to its end by itself, in the transaction that publishes this. */
public record MembershipEnded(String person, String group, Instant endsAt) {}
