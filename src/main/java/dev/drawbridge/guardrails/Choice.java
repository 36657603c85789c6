package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Vocabulary.Fact;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One way for a part of a request to be, for all ways that the rules cannot tell from it.
 *
 * @param facts what each side sees of it
 * @param said puts it into a request
 * @param refusedBefore whether the side that it is compared with would not have taken the request at all
 */
record Choice(List<Map<Fact, List<?>>> facts, UnaryOperator<ImaginedRequest> said, boolean refusedBefore) {
    /** All ways for one part to be; {@code kinds} are those of the facts that it makes. */
    record Group(Set<Fact> kinds, List<Choice> choices) {}
}
