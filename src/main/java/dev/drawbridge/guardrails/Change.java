package dev.drawbridge.guardrails;

import java.util.List;
import java.util.function.Function;

/**
 * One thing that a requester could do otherwise.
 *
 * @param words for the end of "It would be automatic …": {@code for one hour or less}
 * @param made what would be seen then. The words may stand for several things, each of which has to do; none: it cannot be done
 */
record Change(Kind kind, String words, Function<SeenFacts, List<SeenFacts>> made) {
    /** What is otherwise; in the order in which it is told, and done. */
    enum Kind {
        THING,
        DURATION,
        MOMENT,
        TICKET,
        SECOND_FACTOR,
        SIGN_IN
    }
}
