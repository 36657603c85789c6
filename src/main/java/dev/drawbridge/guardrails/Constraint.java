package dev.drawbridge.guardrails;

import java.util.List;

/** What one fact must be like. */
sealed interface Constraint {
    /** Holds always: {@code $name : property}, so that another fact can be compared with it. */
    record Naming(String name, Operand.Property property) implements Constraint {}

    /** A word that is true or false by itself. */
    record Holds(Operand word) implements Constraint {}

    record Compared(Operand left, Operator operator, Operand right) implements Constraint {}

    /** {@code in}, or {@code not in} where {@code negated}. */
    record Among(Operand left, boolean negated, List<Operand> values) implements Constraint {
        public Among {
            values = List.copyOf(values);
        }
    }

    record Not(Constraint inner) implements Constraint {}

    record All(List<Constraint> parts) implements Constraint {
        public All {
            parts = List.copyOf(parts);
        }
    }

    record Any(List<Constraint> parts) implements Constraint {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /** How two sides are compared. */
    enum Operator {
        IS("=="),
        IS_NOT("!="),
        LESS("<"),
        AT_MOST("<="),
        MORE(">"),
        AT_LEAST(">=");

        final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        boolean needsOrder() {
            return this != IS && this != IS_NOT;
        }
    }
}
