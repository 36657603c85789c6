package dev.drawbridge.guardrails;

import static java.util.Map.entry;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.Sensitivity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The words of a guardrail, one by one: what is not listed here does not exist for a rule, though a fact may have it in
 * Java.
 */
final class Vocabulary {
    private Vocabulary() {}

    /** What a word is worth; only things of one kind are compared. */
    enum Kind {
        TRUTH("true or false"),
        NUMBER("a number"),
        TEXT("a text"),
        SENSITIVITY("a Sensitivity"),
        ACCESS_LEVEL("an AccessLevel");

        final String words;

        Kind(String words) {
            this.words = words;
        }

        /** Whether one can be more than another. */
        boolean isOrdered() {
            return this != TRUTH && this != TEXT;
        }
    }

    /** What a predicate is asked with. */
    enum Argument {
        DURATION,
        GROUP
    }

    /** What a condition can speak of, each with its own words. */
    enum Fact {
        ASKED(
                "Asked",
                Map.of("withTicket", Kind.TRUTH, "startsLater", Kind.TRUTH),
                Map.of("longerThan", Argument.DURATION)),
        WANTED(
                "Wanted",
                Map.ofEntries(
                        entry("id", Kind.TEXT),
                        entry("resource", Kind.TEXT),
                        entry("level", Kind.ACCESS_LEVEL),
                        entry("sensitivity", Kind.SENSITIVITY),
                        entry("environment", Kind.TEXT),
                        entry("personalData", Kind.TRUTH),
                        entry("masked", Kind.TRUTH)),
                Map.of()),
        REQUESTER("Requester", Map.of("id", Kind.TEXT), Map.of("belongsTo", Argument.GROUP)),
        SIGNED_IN(
                "SignedIn",
                Map.of("method", Kind.TEXT, "mfa", Kind.TRUTH, "address", Kind.TEXT),
                Map.of("olderThan", Argument.DURATION)),
        MOMENT(
                "Moment",
                Map.of("officeHours", Kind.TRUTH, "holiday", Kind.TRUTH, "changeFreeze", Kind.TRUTH),
                Map.of()),
        HELD("Held", Map.of("id", Kind.TEXT, "resource", Kind.TEXT, "level", Kind.ACCESS_LEVEL), Map.of()),
        HISTORY("History", Map.of("automaticGrants", Kind.NUMBER), Map.of());

        final String word;
        final Map<String, Kind> properties;
        final Map<String, Argument> predicates;

        Fact(String word, Map<String, Kind> properties, Map<String, Argument> predicates) {
            this.word = word;
            this.properties = properties;
            this.predicates = predicates;
        }

        /** Its words in the order of the alphabet, for a sentence. */
        List<String> words() {
            return Stream.concat(properties.keySet().stream(), predicates.keySet().stream())
                    .sorted()
                    .toList();
        }

        static Optional<Fact> of(String word) {
            return Arrays.stream(values())
                    .filter(fact -> fact.word.equals(word))
                    .findFirst();
        }
    }

    /** The constants, by the name of their type. */
    static final Map<String, List<String>> CONSTANTS = Map.of(
            "Sensitivity", Stream.of(Sensitivity.values()).map(Enum::name).toList(),
            "AccessLevel", Stream.of(AccessLevel.values()).map(Enum::name).toList());
}
