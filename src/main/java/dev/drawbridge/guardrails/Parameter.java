package dev.drawbridge.guardrails;

import dev.drawbridge.request.InWords;
import java.time.Duration;

/** What a guardrail may name instead of writing it out. */
sealed interface Parameter {
    /** As the file says it. */
    String text();

    /** As a sentence says it, {@code four hours}. */
    String told();

    /** A number, from 0 to 999,999,999. */
    record Count(int value) implements Parameter {
        @Override
        public String text() {
            return String.valueOf(value);
        }

        @Override
        public String told() {
            return InWords.number(value);
        }
    }

    /** A length of time. */
    record Length(Duration value) implements Parameter {
        @Override
        public String text() {
            return value.toString();
        }

        @Override
        public String told() {
            return InWords.length(value);
        }
    }
}
