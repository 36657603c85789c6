package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.facts.Asked;
import dev.drawbridge.guardrails.facts.Held;
import dev.drawbridge.guardrails.facts.HeldByOthers;
import dev.drawbridge.guardrails.facts.History;
import dev.drawbridge.guardrails.facts.Holdings;
import dev.drawbridge.guardrails.facts.Moment;
import dev.drawbridge.guardrails.facts.Requester;
import dev.drawbridge.guardrails.facts.SignedIn;
import dev.drawbridge.guardrails.facts.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a judgement went by, as it was seen then. Why somebody asks is not among it: no rule can see that, and it stands
 * in the request.
 *
 * @param when the moment that was judged for
 * @param already how long access lasted that was to last longer; nothing for access of its own
 * @param heldByOthers none where no rule asked for it, so that nobody looked
 * @param belonging whether somebody looked at how the requester belongs to the company
 * @param limits the parameters as they were, by name; none of a time when there were no such
 */
record SeenFacts(
        Instant when,
        Duration already,
        Asked asked,
        Wanted wanted,
        Requester requester,
        SignedIn signedIn,
        Moment moment,
        History history,
        Holdings holdings,
        List<Held> held,
        @Nullable List<HeldByOthers> heldByOthers,
        boolean belonging,
        Map<String, String> limits) {
    SeenFacts {
        limits = limits == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(limits));
        held = List.copyOf(held);
        heldByOthers = heldByOthers == null ? null : List.copyOf(heldByOthers);
    }

    /** What was gathered for this rulebook. */
    static SeenFacts of(List<?> gathered, Instant when, Duration already, Rulebook rulebook) {
        Asked asked = the(Asked.class, gathered);
        return new SeenFacts(
                when,
                already,
                new Asked(asked.duration(), "", asked.ticket(), asked.ticketSystem(), asked.startsIn()),
                the(Wanted.class, gathered),
                the(Requester.class, gathered),
                the(SignedIn.class, gathered),
                the(Moment.class, gathered),
                the(History.class, gathered),
                the(Holdings.class, gathered),
                each(Held.class, gathered),
                rulebook.looksAtOthers() ? each(HeldByOthers.class, gathered) : null,
                rulebook.looksAtBelonging(),
                rulebook.parameters().texts());
    }

    /** For rules to look at. */
    List<Object> all() {
        List<Object> all = new ArrayList<>(List.of(asked, wanted, requester, signedIn, moment, history, holdings));
        all.addAll(held);
        if (heldByOthers != null) {
            all.addAll(heldByOthers);
        }
        return all;
    }

    SeenFacts asking(Asked other) {
        return new SeenFacts(
                when,
                already,
                other,
                wanted,
                requester,
                signedIn,
                moment,
                history,
                holdings,
                held,
                heldByOthers,
                belonging,
                limits);
    }

    /** For another thing, at this moment; what is held is counted beside it. */
    SeenFacts wanting(Wanted other, Moment now) {
        return new SeenFacts(
                when,
                already,
                asked,
                other,
                requester,
                signedIn,
                now,
                history,
                GatherFacts.holdings(other, held),
                held,
                heldByOthers,
                belonging,
                limits);
    }

    /** At another moment, until which somebody would wait who has asked for a later start. */
    SeenFacts at(Instant other, Moment then) {
        Asked waiting = asked.startsLater()
                ? new Asked(
                        asked.duration(),
                        asked.justification(),
                        asked.ticket(),
                        asked.ticketSystem(),
                        asked.startsIn().plus(Duration.between(when, other)))
                : asked;
        return new SeenFacts(
                other,
                already,
                waiting,
                wanted,
                requester,
                signedIn,
                then,
                history,
                holdings,
                held,
                heldByOthers,
                belonging,
                limits);
    }

    SeenFacts by(Requester other) {
        return new SeenFacts(
                when,
                already,
                asked,
                wanted,
                other,
                signedIn,
                moment,
                history,
                holdings,
                held,
                heldByOthers,
                belonging,
                limits);
    }

    SeenFacts signedIn(SignedIn other) {
        return new SeenFacts(
                when,
                already,
                asked,
                wanted,
                requester,
                other,
                moment,
                history,
                holdings,
                held,
                heldByOthers,
                belonging,
                limits);
    }

    private static <T> T the(Class<T> kind, List<?> gathered) {
        return each(kind, gathered).get(0);
    }

    private static <T> List<T> each(Class<T> kind, List<?> gathered) {
        return gathered.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
