package dev.drawbridge.guardrails;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.guardrails.Vocabulary.Domain;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads {@code rules/invariants.yaml}, which may be missing: then nothing is asked of the rules. */
final class InvariantsFile {
    static final String FILE = "invariants.yaml";

    private static final int MOST = 100;
    private static final int LONGEST_NAME = 200;
    private static final Set<String> PARTS = Set.of("name", "when", "unless", "never", "needs");
    private static final Set<String> NEEDS = Set.of("people", "levels", "obligations", "limit");

    private final RuleFiles files;
    private final RuleWords words;

    InvariantsFile(RuleFiles files, RuleWords words) {
        this.files = files;
        this.words = words;
    }

    List<Invariant> read() {
        JsonNode file = files.read(FILE, new TypeReference<JsonNode>() {}, MissingNode.getInstance());
        if (file.isMissingNode()) {
            return List.of();
        }
        Place all = new Place(files, FILE, file).only(Set.of("invariants")).at("invariants");
        List<Place> each = all.each();
        if (each.size() > MOST) {
            throw all.wrong("there are at most " + MOST + " invariants.");
        }
        Set<String> names = new TreeSet<>();
        List<Invariant> invariants = new ArrayList<>();
        for (Place place : each) {
            Invariant invariant = invariant(place.only(PARTS), invariants.size());
            if (!names.add(invariant.name())) {
                throw place.at("name").wrong("this name is there twice.");
            }
            invariants.add(invariant);
        }
        return invariants;
    }

    private Invariant invariant(Place place, int position) {
        String name = place.at("name").text();
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw place.at("name").wrong("a name has 1 to " + LONGEST_NAME + " characters.");
        }
        if (place.has("never") == place.has("needs")) {
            throw place.wrong("it says either what is never so (never: automatic, or never: given), or what is needed"
                    + " (needs: {people: 2}).");
        }
        Demand demand = place.has("never") ? never(place.at("never")) : needs(place.at("needs"));
        List<Clause> when = new ArrayList<>(condition(place, "when"));
        if (demand instanceof Demand.Needs needs) {
            needs.limit().ifPresent(limit -> when.add(longerThan(limit)));
        }
        if (when.isEmpty()) {
            // Of every request.
            when.add(new Clause.Pattern(Fact.WANTED, List.of()));
        }
        return new Invariant(name, position, when, condition(place, "unless"), demand);
    }

    private List<Clause> condition(Place place, String part) {
        return place.has(part) ? new WrittenCondition(words).read(place.at(part)) : List.of();
    }

    /** Of requests for longer than this. */
    static Clause longerThan(Duration limit) {
        return new Clause.Pattern(Fact.ASKED, List.of(new Constraint.Holds(new Operand.Lasting("longerThan", limit))));
    }

    private static Demand never(Place never) {
        return switch (never.text()) {
            case "automatic" -> new Demand.NotAutomatic();
            case "given" -> new Demand.NotGiven();
            default -> throw never.wrong("here belongs 'automatic' (without a human) or 'given' (at all).");
        };
    }

    private Demand needs(Place needs) {
        needs.only(NEEDS);
        if (NEEDS.stream().noneMatch(needs::has)) {
            throw needs.wrong("here belongs what is needed: {people: 2}, {levels: [security]}, {obligations: [...]} or"
                    + " {limit: PT1H}.");
        }
        if (needs.has("limit") && NEEDS.stream().filter(needs::has).count() > 1) {
            throw needs.at("limit")
                    .wrong(
                            "a limit stands alone, since it speaks of longer requests only; give it an invariant of its own.");
        }
        return new Demand.Needs(
                needs.has("people") ? people(needs.at("people")) : 0,
                known(needs, "levels", words.levels(), "level", "rules/levels.yaml"),
                known(
                        needs,
                        "obligations",
                        words.known().getOrDefault(Domain.OBLIGATION, Set.of()),
                        "obligation",
                        "rules/catalog.yaml"),
                needs.has("limit") ? Optional.of(limit(needs.at("limit"))) : Optional.empty());
    }

    private static int people(Place people) {
        if (!people.text().matches("[1-9]|1[0-9]|20")) {
            throw people.wrong("here belongs a number of people, from 1 to 20.");
        }
        return Integer.parseInt(people.text());
    }

    private static Duration limit(Place limit) {
        if (!RuleInspection.isDuration(limit.text())) {
            throw limit.wrong("here belongs a duration such as PT1H.");
        }
        return Duration.parse(limit.text());
    }

    private static List<String> known(Place needs, String part, Set<String> known, String what, String home) {
        return needs.has(part)
                ? needs.at(part).oneOrMany().stream()
                        .flatMap(one -> {
                            if (!known.contains(one.text())) {
                                throw one.wrong("there is no " + what + " '" + one.text() + "' in " + home
                                        + "; it knows "
                                        + (known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known))) + ".");
                            }
                            return Stream.of(one.text());
                        })
                        .toList()
                : List.of();
    }
}
