package dev.drawbridge.process;

import dev.drawbridge.platform.Refusal;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;

/** Words why a file is not published; what was live stays live. */
final class NotPublished {
    private static final String CODE = "not-published";
    private static final int LONGEST = 120;

    private NotPublished() {}

    static Refusal because(String why) {
        return Refusal.of(Refusal.Kind.INVALID, CODE, "Not published: " + why + ".");
    }

    static Refusal at(String file, Element element, String why) {
        return at(file, element.getLine(), element.attribute("id"), why);
    }

    static Refusal at(String file, int line, @Nullable String id, String why) {
        String element = id == null ? "" : " (" + shown(id) + ")";
        return Refusal.of(
                Refusal.Kind.INVALID,
                CODE,
                "Not published, line " + line + element + " of " + shown(file) + ": " + why + ".");
    }

    /** What somebody wrote, so that it can stand in a sentence and in a log. */
    static String shown(String text) {
        String plain = text.strip().replaceAll("[^\\p{L}\\p{N}\\p{P}\\p{S} ]", "?");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
    }
}
