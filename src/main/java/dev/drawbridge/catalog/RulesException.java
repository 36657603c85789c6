package dev.drawbridge.catalog;

import java.nio.file.Path;

/** A file under {@code rules/} does not hold what it should; says which, in which line, and what to do. */
public class RulesException extends RuntimeException {
    public RulesException(String sentence) {
        super(sentence);
    }

    /** {@code line} counts from 1; 0 where it is not known. */
    public RulesException(Path file, int line, String sentence) {
        super("rules/" + file.toString().replace('\\', '/') + (line > 0 ? ", line " + line : "") + ": " + sentence);
    }
}
