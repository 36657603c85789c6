package dev.drawbridge.revocation;

import java.util.List;

/** Event: the target confirmed these ends, one or many, in the transaction that publishes this. */
public record AccessesRevoked(List<AccessRevoked> each) {
    public AccessesRevoked {
        each = List.copyOf(each);
    }
}
