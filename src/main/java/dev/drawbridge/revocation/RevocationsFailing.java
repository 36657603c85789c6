package dev.drawbridge.revocation;

import java.util.List;

/** Event: the target confirmed none of these ends, one or many, in the transaction that publishes this. */
public record RevocationsFailing(List<RevocationFailing> each) {
    public RevocationsFailing {
        each = List.copyOf(each);
    }
}
