package dev.drawbridge.process;

import java.util.Map;
import java.util.TreeMap;

/**
 * What an expression may name where it stands in a process.
 *
 * @param variables those that there are there, by name
 */
record Place(ProcessVocabulary vocabulary, Map<String, Meaning> variables) {
    Place {
        variables = Map.copyOf(variables);
    }

    /** A place within this one, at which there are more variables. */
    Place with(Map<String, Meaning> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, Meaning> all = new TreeMap<>(variables);
        all.putAll(more);
        return new Place(vocabulary, all);
    }

    String variablesInOrder() {
        return String.join(", ", new TreeMap<>(variables).keySet());
    }
}
