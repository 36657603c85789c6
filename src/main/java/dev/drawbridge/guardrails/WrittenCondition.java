package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Network;
import dev.drawbridge.catalog.TimesOfDay;
import dev.drawbridge.guardrails.Vocabulary.Argument;
import dev.drawbridge.guardrails.Vocabulary.Domain;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import dev.drawbridge.guardrails.Vocabulary.Kind;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads which requests are meant, from words of rules with their values: {@code {sensitivity: [HIGH, CRITICAL], officeHours: false}}.
 * Of several values one must fit, and all words must. It becomes what a rule's condition is, so it means what it would mean there.
 */
final class WrittenCondition {
    /** A word of a fact. */
    record Word(Fact fact, String name) {}

    /** Of rules, but where a word there would say too little without its fact. */
    private static final Map<String, Word> WORDS = words();

    private final RuleWords known;

    WrittenCondition(RuleWords known) {
        this.known = known;
    }

    /** The words, by how they are said. */
    static Map<String, Word> spoken() {
        return Map.copyOf(WORDS);
    }

    private static Map<String, Word> words() {
        Map<String, Word> words = new TreeMap<>();
        for (Fact fact : List.of(Fact.ASKED, Fact.WANTED, Fact.REQUESTER, Fact.SIGNED_IN, Fact.MOMENT)) {
            fact.words().forEach(name -> words.put(name, new Word(fact, name)));
        }
        words.remove("id");
        words.remove("belongsTo");
        words.put("entitlement", new Word(Fact.WANTED, "id"));
        words.put("requester", new Word(Fact.REQUESTER, "id"));
        words.put("group", new Word(Fact.REQUESTER, "belongsTo"));
        words.put("held", new Word(Fact.HELD, "id"));
        words.put("heldByOthers", new Word(Fact.HELD_BY_OTHERS, "id"));
        return words;
    }

    List<Clause> read(Place place) {
        place.only(WORDS.keySet());
        List<Clause> clauses = new ArrayList<>();
        for (String name : place.names()) {
            Word word = WORDS.getOrDefault(name, new Word(Fact.WANTED, name));
            List<Place> values = place.at(name).oneOrMany();
            Constraint constraint = word.fact().properties.containsKey(word.name())
                    ? property(word, values)
                    : new Constraint.Any(values.stream()
                            .<Constraint>map(value -> new Constraint.Holds(predicate(word, value)))
                            .toList());
            Clause.Pattern pattern = new Clause.Pattern(word.fact(), List.of(constraint));
            clauses.add(word.fact().isOneOfMany() ? new Clause.Exists(pattern) : pattern);
        }
        return clauses;
    }

    private Constraint property(Word word, List<Place> values) {
        Kind kind = word.fact().properties.getOrDefault(word.name(), Kind.TEXT);
        return new Constraint.Among(
                new Operand.Property(word.name(), kind),
                false,
                values.stream().map(value -> literal(word, kind, value)).toList());
    }

    private Operand literal(Word word, Kind kind, Place value) {
        String text = value.text();
        return switch (kind) {
            case TRUTH -> {
                if (!text.equals("true") && !text.equals("false")) {
                    throw value.wrong("here belongs true or false.");
                }
                yield new Operand.Truth(text.equals("true"));
            }
            case SENSITIVITY -> constant("Sensitivity", value);
            case ACCESS_LEVEL -> constant("AccessLevel", value);
            case DAY -> constant("DayOfWeek", value);
            case EMPLOYMENT -> constant("Employment", value);
            case TEXT, NUMBER -> {
                word.fact().domain(word.name()).ifPresent(domain -> requireKnown(domain, value));
                yield new Operand.Text(text);
            }
        };
    }

    private static Operand constant(String type, Place value) {
        List<String> names = Vocabulary.CONSTANTS.getOrDefault(type, List.of());
        if (!names.contains(value.text())) {
            throw value.wrong("'" + value.text() + "' is none of " + type + ": " + String.join(", ", names) + ".");
        }
        return new Operand.Constant(type, value.text());
    }

    private void requireKnown(Domain domain, Place value) {
        if (!known.know(domain, value.text())) {
            throw value.wrong("there is no " + domain.words + " '" + value.text() + "' in " + domain.home
                    + "; it knows " + known.all(domain) + ".");
        }
    }

    private Operand predicate(Word word, Place value) {
        String text = value.text();
        Argument argument = word.fact().predicates.getOrDefault(word.name(), Argument.GROUP);
        try {
            return switch (argument) {
                case GROUP -> {
                    requireKnown(Domain.GROUP, value);
                    yield new Operand.Belonging(word.name(), text);
                }
                case DURATION -> {
                    if (!RuleInspection.isDuration(text)) {
                        throw value.wrong("'" + text + "' is not a duration such as PT1H.");
                    }
                    yield new Operand.Lasting(word.name(), Duration.parse(text));
                }
                case NETWORK -> {
                    Network.parse(text);
                    yield new Operand.Within(word.name(), text);
                }
                case TIMES -> {
                    TimesOfDay.parse(text);
                    yield new Operand.Between(word.name(), text);
                }
            };
        } catch (DateTimeException wrong) {
            throw value.wrong("'" + text + "' "
                    + (argument == Argument.NETWORK
                            ? wrong.getMessage()
                            : "is not a span of the day such as 22:00-06:00."));
        }
    }
}
