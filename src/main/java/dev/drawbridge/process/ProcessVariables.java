package dev.drawbridge.process;

import dev.drawbridge.process.Meaning.Kind;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The variables that the product and the engine set in the process of a request. Nobody who completes a task sets them. */
final class ProcessVariables {
    /** What an expression hands on to a bean: the place at which the process is. */
    static final String EXECUTION = "execution";

    /** Set by {@code #{checkGuardrails}}, for what follows it at once. */
    static final String VERDICT = "verdict";

    /** Set when {@code task_approveAccess} is completed. */
    static final String LEVEL_OUTCOME = "levelOutcome";

    /** Set by {@code #{revokeAccess}}, for what follows it at once. */
    static final String END_REASON = "endReason";

    static final Map<String, Meaning> OF_THE_PRODUCT = Map.of(
            VERDICT,
            Meaning.of(Kind.TEXT, "ALLOWED", "NEEDS_APPROVAL", "DENIED"),
            LEVEL_OUTCOME,
            Meaning.of(Kind.TEXT, "open", "asked", "approved", "rejected"),
            END_REASON,
            Meaning.of(Kind.TEXT, "EXPIRED", "RETURNED", "REVOKED", "FAILED"));

    /** What a step sets, by the step. */
    static final Map<String, String> SET_BY = Map.of("checkGuardrails", VERDICT, "revokeAccess", END_REASON);

    /** There is one of each within what runs several times. */
    static final Map<String, Meaning> OF_A_LOOP = Map.of(
            "loopCounter", Meaning.of(Kind.NUMBER),
            "nrOfInstances", Meaning.of(Kind.NUMBER),
            "nrOfActiveInstances", Meaning.of(Kind.NUMBER),
            "nrOfCompletedInstances", Meaning.of(Kind.NUMBER));

    /** {@code level} is what the house's own process counts its levels by. */
    static final Set<String> ALL = Stream.of(OF_THE_PRODUCT.keySet(), OF_A_LOOP.keySet(), Set.of("level"))
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private ProcessVariables() {}
}
