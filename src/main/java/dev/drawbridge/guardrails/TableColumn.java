package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Finding.Effect;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a column of a table says: by its name, and of nothing else. */
sealed interface TableColumn {
    /** The sentence of the guardrail. */
    record Name() implements TableColumn {}

    /** For people alone. */
    record Comment() implements TableColumn {}

    /** A word of a fact, which the cell compares. */
    record Condition(Fact fact, String word) implements TableColumn {}

    /** What the guardrail does. */
    record Does(Effect effect, String word) implements TableColumn {}

    /** All, by their names. */
    Map<String, TableColumn> ALL = all();

    static Optional<TableColumn> of(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** For a sentence. */
    static String names() {
        return String.join(", ", new TreeSet<>(ALL.keySet()));
    }

    private static Map<String, TableColumn> all() {
        Map<String, TableColumn> all = new TreeMap<>();
        WrittenCondition.spoken().forEach((name, word) -> all.put(name, new Condition(word.fact(), word.name())));
        Fact.HISTORY.words().forEach(word -> all.put(word, new Condition(Fact.HISTORY, word)));
        Fact.HOLDINGS.words().forEach(word -> all.put(word, new Condition(Fact.HOLDINGS, word)));
        // Counted of what is held: 'count' would not say so without its fact.
        all.put("heldAtOnce", all.getOrDefault("count", new Comment()));
        all.remove("count");
        for (Effect effect : Set.of(Effect.DENY, Effect.ALLOW, Effect.REQUIRE_APPROVAL, Effect.LIMIT, Effect.OBLIGE)) {
            String word = EffectInspection.wordOf(effect);
            all.put(word, new Does(effect, word));
        }
        all.put("name", new Name());
        all.put("comment", new Comment());
        return Map.copyOf(all);
    }
}
