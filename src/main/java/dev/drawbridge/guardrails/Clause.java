package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Vocabulary.Fact;
import java.util.List;

/** Which facts there must be. */
sealed interface Clause {
    /** One fact that is like this; its constraints hold all. */
    record Pattern(Fact fact, List<Constraint> constraints) implements Clause {
        public Pattern {
            constraints = List.copyOf(constraints);
        }
    }

    record Not(Clause inner) implements Clause {}

    record Exists(Clause inner) implements Clause {}

    record All(List<Clause> parts) implements Clause {
        public All {
            parts = List.copyOf(parts);
        }
    }

    record Any(List<Clause> parts) implements Clause {
        public Any {
            parts = List.copyOf(parts);
        }
    }
}
