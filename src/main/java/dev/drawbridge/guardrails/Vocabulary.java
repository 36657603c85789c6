package dev.drawbridge.guardrails;

import static java.util.Map.entry;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.Sensitivity;
import dev.drawbridge.directory.Employment;
import java.time.DayOfWeek;
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
        ACCESS_LEVEL("an AccessLevel"),
        DAY("a DayOfWeek"),
        EMPLOYMENT("an Employment");

        final String words;

        Kind(String words) {
            this.words = words;
        }

        /** Whether one can be more than another. */
        boolean isOrdered() {
            return this != TRUTH && this != TEXT && this != DAY && this != EMPLOYMENT;
        }
    }

    /** What a text names: only what is declared in the files can be compared with such a word. */
    enum Domain {
        ENTITLEMENT("entitlement", "rules/catalog.yaml"),
        RESOURCE("resource", "rules/catalog.yaml"),
        TARGET("target", "rules/catalog.yaml"),
        ENVIRONMENT("environment", "rules/catalog.yaml"),
        GROUP("group", "rules/catalog.yaml"),
        OBLIGATION("obligation", "rules/catalog.yaml"),
        TICKET_SYSTEM("system of tickets", "rules/tickets.yaml"),
        ZONE("time zone", "Drawbridge"),
        METHOD("way to sign in", "Drawbridge");

        final String words;
        final String home;

        Domain(String words, String home) {
            this.words = words;
            this.home = home;
        }
    }

    /** What a predicate is asked with. */
    enum Argument {
        DURATION,
        GROUP,
        /** A network such as {@code 10.1.0.0/16}. */
        NETWORK,
        /** A span of the day such as {@code 22:00-06:00}. */
        TIMES
    }

    /** What a condition can speak of, each with its own words. */
    enum Fact {
        ASKED(
                "Asked",
                Map.of(
                        "withTicket",
                        Kind.TRUTH,
                        "ticket",
                        Kind.TEXT,
                        "ticketSystem",
                        Kind.TEXT,
                        "startsLater",
                        Kind.TRUTH),
                Map.of("longerThan", Argument.DURATION, "startsAfter", Argument.DURATION)),
        WANTED(
                "Wanted",
                Map.ofEntries(
                        entry("id", Kind.TEXT),
                        entry("resource", Kind.TEXT),
                        entry("target", Kind.TEXT),
                        entry("level", Kind.ACCESS_LEVEL),
                        entry("sensitivity", Kind.SENSITIVITY),
                        entry("environment", Kind.TEXT),
                        entry("personalData", Kind.TRUTH),
                        entry("masked", Kind.TRUTH)),
                Map.of()),
        REQUESTER(
                "Requester",
                Map.of(
                        "id",
                        Kind.TEXT,
                        "zone",
                        Kind.TEXT,
                        "employment",
                        Kind.EMPLOYMENT,
                        "withManager",
                        Kind.TRUTH,
                        "withSponsor",
                        Kind.TRUTH),
                Map.of("belongsTo", Argument.GROUP)),
        SIGNED_IN(
                "SignedIn",
                Map.of("method", Kind.TEXT, "mfa", Kind.TRUTH, "address", Kind.TEXT),
                Map.of("olderThan", Argument.DURATION, "addressIn", Argument.NETWORK)),
        MOMENT(
                "Moment",
                Map.of(
                        "officeHours",
                        Kind.TRUTH,
                        "holiday",
                        Kind.TRUTH,
                        "changeFreeze",
                        Kind.TRUTH,
                        "maintenanceWindow",
                        Kind.TRUTH,
                        "weekend",
                        Kind.TRUTH,
                        "dayOfWeek",
                        Kind.DAY),
                Map.of("between", Argument.TIMES)),
        HELD(
                "Held",
                Map.of("id", Kind.TEXT, "resource", Kind.TEXT, "target", Kind.TEXT, "level", Kind.ACCESS_LEVEL),
                Map.of()),
        HELD_BY_OTHERS(
                "HeldByOthers",
                Map.of(
                        "id",
                        Kind.TEXT,
                        "resource",
                        Kind.TEXT,
                        "target",
                        Kind.TEXT,
                        "level",
                        Kind.ACCESS_LEVEL,
                        "people",
                        Kind.NUMBER),
                Map.of()),
        HOLDINGS(
                "Holdings",
                Map.of(
                        "count",
                        Kind.NUMBER,
                        "sameResource",
                        Kind.NUMBER,
                        "sameTarget",
                        Kind.NUMBER,
                        "sameLevel",
                        Kind.NUMBER),
                Map.of()),
        HISTORY("History", Map.of("automaticGrants", Kind.NUMBER), Map.of());

        final String word;
        final Map<String, Kind> properties;
        final Map<String, Argument> predicates;

        Fact(String word, Map<String, Kind> properties, Map<String, Argument> predicates) {
            this.word = word;
            this.properties = properties;
            this.predicates = predicates;
        }

        /** Whether there may be many facts of this kind at once: each further one in a condition multiplies the work. */
        boolean isOneOfMany() {
            return this == HELD || this == HELD_BY_OTHERS;
        }

        /** What a text property names; none where it may be anything. */
        Optional<Domain> domain(String property) {
            return Optional.ofNullable(
                    switch (property) {
                        case "id" -> this == REQUESTER ? null : Domain.ENTITLEMENT;
                        case "resource" -> Domain.RESOURCE;
                        case "target" -> Domain.TARGET;
                        case "environment" -> Domain.ENVIRONMENT;
                        case "ticketSystem" -> Domain.TICKET_SYSTEM;
                        case "zone" -> Domain.ZONE;
                        case "method" -> Domain.METHOD;
                        default -> null;
                    });
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
            "AccessLevel", Stream.of(AccessLevel.values()).map(Enum::name).toList(),
            "DayOfWeek", Stream.of(DayOfWeek.values()).map(Enum::name).toList(),
            "Employment", Stream.of(Employment.values()).map(Enum::name).toList());

    /** The types that the constants are of, as a rule may import them. */
    static final List<Class<?>> TYPES =
            List.of(Sensitivity.class, AccessLevel.class, DayOfWeek.class, Employment.class);
}
