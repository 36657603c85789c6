package dev.drawbridge.revocation;

import java.util.List;

/** Event: these accesses are to end, one or many, in the transaction that publishes this. */
public record RevocationsOrdered(List<RevocationOrdered> each) {
    public RevocationsOrdered {
        each = List.copyOf(each);
    }
}
