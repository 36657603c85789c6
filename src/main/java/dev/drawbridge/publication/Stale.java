package dev.drawbridge.publication;

import dev.drawbridge.platform.Refusal;

/** What builds on files that are in force no more is refused: two people never overwrite each other. */
final class Stale {
    static final String CODE = "stale-base";

    private Stale() {}

    static Refusal by(Publication latest) {
        return Refusal.ofField(
                Refusal.Kind.CONFLICT,
                "base",
                CODE,
                "Publication " + latest.number() + " of " + latest.author()
                        + " is in force by now, and this builds on another. Look at what it changed, and build on that.");
    }
}
