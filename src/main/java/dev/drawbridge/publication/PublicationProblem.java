package dev.drawbridge.publication;

import org.jspecify.annotations.Nullable;

/**
 * Why files cannot be published.
 *
 * @param file its path, such as {@code rules/levels.yaml}; empty where it is about all of them
 * @param line from 1; none where that is not known
 * @param sentence what is wrong, for people
 */
public record PublicationProblem(String file, @Nullable Integer line, String sentence) {
    /** On one line: {@code rules/levels.yaml, line 3: there is no group 'ownres'.} */
    public String told() {
        return (file.isEmpty() ? "" : file + (line == null ? "" : ", line " + line) + ": ") + sentence;
    }
}
