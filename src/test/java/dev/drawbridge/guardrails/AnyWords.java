package dev.drawbridge.guardrails;

import java.util.Map;
import java.util.Set;

/** Words for rules that are read by themselves, without the files that would declare what they name. */
final class AnyWords {
    private AnyWords() {}

    /** Whatever a rule names is known; it may ask for these levels. */
    static RuleWords withLevels(String... levels) {
        return new RuleWords(Map.of(), Set.of(levels));
    }

    /** The levels of ours. */
    static RuleWords ofOurs() {
        return withLevels("manager", "owner", "two-owners", "security", "on-call");
    }
}
