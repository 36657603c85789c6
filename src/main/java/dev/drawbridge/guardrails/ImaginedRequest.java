package dev.drawbridge.guardrails;

import dev.drawbridge.directory.Employment;
import dev.drawbridge.guardrails.facts.SignedIn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A request that somebody could send, and how things would stand then.
 *
 * @param entitlement its id
 * @param at the moment for which access is asked
 * @param automaticGrants how many there were in the 24 hours before
 * @param held the ids of what the requester holds then
 * @param heldByOthers by id, how many others hold it then
 */
public record ImaginedRequest(
        String entitlement,
        Words words,
        Person person,
        SignedIn signIn,
        Instant at,
        int automaticGrants,
        List<String> held,
        Map<String, Integer> heldByOthers) {
    static final Person SOMEBODY = new Person("somebody", Set.of(), null, false, false);
    static final SignedIn JUST_NOW = new SignedIn("form", false, Duration.ofMinutes(5), "127.0.0.1");

    /**
     * What is typed.
     *
     * @param duration in all, with what it is to be added to
     * @param ticket empty: none
     * @param startsIn how long after it is sent access is to begin
     */
    public record Words(Duration duration, String ticket, Duration startsIn) {}

    /** Who sends it. */
    public record Person(
            String id, Set<String> groups, @Nullable Employment employment, boolean withManager, boolean withSponsor) {
        public Person {
            groups = Set.copyOf(groups);
        }
    }

    public ImaginedRequest {
        held = List.copyOf(held);
        heldByOthers = Map.copyOf(heldByOthers);
    }

    ImaginedRequest with(Words other) {
        return new ImaginedRequest(entitlement, other, person, signIn, at, automaticGrants, held, heldByOthers);
    }

    ImaginedRequest with(Person other) {
        return new ImaginedRequest(entitlement, words, other, signIn, at, automaticGrants, held, heldByOthers);
    }

    ImaginedRequest with(SignedIn other) {
        return new ImaginedRequest(entitlement, words, person, other, at, automaticGrants, held, heldByOthers);
    }

    ImaginedRequest with(Instant other) {
        return new ImaginedRequest(entitlement, words, person, signIn, other, automaticGrants, held, heldByOthers);
    }

    ImaginedRequest with(int grants) {
        return new ImaginedRequest(entitlement, words, person, signIn, at, grants, held, heldByOthers);
    }

    ImaginedRequest with(List<String> holding) {
        return new ImaginedRequest(entitlement, words, person, signIn, at, automaticGrants, holding, heldByOthers);
    }

    ImaginedRequest with(Map<String, Integer> others) {
        return new ImaginedRequest(entitlement, words, person, signIn, at, automaticGrants, held, others);
    }

    /** In words; what is ordinary is left out, but for what every request has. */
    public String told() {
        List<String> parts = new ArrayList<>();
        parts.add(entitlement + " for " + words.duration());
        if (!words.ticket().isEmpty()) {
            parts.add("with the ticket " + words.ticket());
        }
        parts.add(by());
        parts.add("signed in " + signIn.age() + " before (" + signIn.method()
                + (signIn.mfa() ? ", with" : ", without") + " a second factor"
                + (signIn.address().equals(JUST_NOW.address()) ? "" : ", from '" + signIn.address() + "'") + ")");
        parts.add((words.startsIn().isZero() ? "at " : words.startsIn() + " ahead, for ") + at);
        if (automaticGrants > 0) {
            parts.add("after " + automaticGrants + " automatic grants");
        }
        if (!held.isEmpty()) {
            parts.add("holding " + String.join(" and ", held));
        }
        new TreeSet<>(heldByOthers.keySet()).forEach(id -> parts.add(heldByOthers.get(id) + " others holding " + id));
        return String.join(", ", parts);
    }

    private String by() {
        StringBuilder who = new StringBuilder("by '" + person.id() + "' of ");
        who.append(String.join(" and ", new TreeSet<>(person.groups())));
        if (person.employment() != null) {
            who.append(", ").append(person.employment());
        }
        who.append(person.withManager() ? ", with a manager" : "");
        return who.append(person.withSponsor() ? ", with a sponsor" : "").toString();
    }
}
