package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Vocabulary.Fact;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Facts, by what they are; those of one kind can be exchanged without the others. */
final class FactTable {
    private final List<?>[] byKind = new List<?>[Fact.values().length];

    FactTable() {
        Arrays.fill(byKind, List.of());
    }

    static FactTable of(Collection<?> facts) {
        FactTable table = new FactTable();
        for (Fact kind : Fact.values()) {
            table.byKind[kind.ordinal()] = facts.stream()
                    .filter(fact -> fact.getClass().getSimpleName().equals(kind.word))
                    .toList();
        }
        return table;
    }

    List<?> of(Fact kind) {
        return byKind[kind.ordinal()];
    }

    void put(Map<Fact, List<?>> facts) {
        facts.forEach((kind, those) -> byKind[kind.ordinal()] = those);
    }
}
