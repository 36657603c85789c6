package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Vocabulary.Kind;
import java.time.Duration;

/** One side of a comparison. */
sealed interface Operand {
    /** A property of the fact that is spoken of. */
    record Property(String word, Kind kind) implements Operand {}

    /** Whether something lasted longer than this. */
    record Lasting(String word, Duration than) implements Operand {
        @Override
        public Kind kind() {
            return Kind.TRUTH;
        }
    }

    /** Whether the person is of this group. */
    record Belonging(String word, String group) implements Operand {
        @Override
        public Kind kind() {
            return Kind.TRUTH;
        }
    }

    /** Whether the address is in this network. */
    record Within(String word, String network) implements Operand {
        @Override
        public Kind kind() {
            return Kind.TRUTH;
        }
    }

    /** Whether the clock shows one of these times. */
    record Between(String word, String times) implements Operand {
        @Override
        public Kind kind() {
            return Kind.TRUTH;
        }
    }

    /** A property of another fact, under the name that the rule gave it, {@code $} included. */
    record Named(String name, Kind kind) implements Operand {}

    record Text(String value) implements Operand {
        @Override
        public Kind kind() {
            return Kind.TEXT;
        }
    }

    record Number(int value) implements Operand {
        @Override
        public Kind kind() {
            return Kind.NUMBER;
        }
    }

    record Truth(boolean value) implements Operand {
        @Override
        public Kind kind() {
            return Kind.TRUTH;
        }
    }

    /** Such as {@code Sensitivity.HIGH}. */
    record Constant(String type, String name) implements Operand {
        @Override
        public Kind kind() {
            return switch (type) {
                case "Sensitivity" -> Kind.SENSITIVITY;
                case "AccessLevel" -> Kind.ACCESS_LEVEL;
                case "Employment" -> Kind.EMPLOYMENT;
                default -> Kind.DAY;
            };
        }
    }

    Kind kind();
}
