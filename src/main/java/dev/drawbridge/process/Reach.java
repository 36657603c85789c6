package dev.drawbridge.process;

import java.util.Map;
import java.util.TreeMap;

/**
 * What an expression may name where it stands in a process.
 *
 * @param variables those that are there for certain, by name
 * @param lacking why others that the file knows need not be there
 */
record Reach(ProcessVocabulary vocabulary, Map<String, Meaning> variables, Map<String, String> lacking) {
    Reach {
        variables = Map.copyOf(variables);
        lacking = Map.copyOf(lacking);
    }

    String variablesInOrder() {
        return String.join(", ", new TreeMap<>(variables).keySet());
    }
}
