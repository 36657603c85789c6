package dev.drawbridge.process;

import java.util.Map;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;

/**
 * Which of the installation's forms belongs where: what people say there counts, so none of them may ask one thing and send
 * another, and each of them sends what one place takes and no other.
 */
final class FormsOfTheHouse {
    private static final String START = "startEvent";
    private static final String TO_START = "request-access.html";

    private static final Map<String, String> OF_TASKS = Map.of(
            ProcessNames.APPROVE_ACCESS, "approve-access.html",
            ProcessNames.ANSWER_QUESTION, "answer-question.html",
            ProcessNames.USE_ACCESS, "use-access.html",
            ProcessNames.AGREE_TO_PUBLICATION, "agree-to-publication.html");

    private FormsOfTheHouse() {}

    /** What is wrong with a form where it stands; null where nothing is. */
    static @Nullable String wrongAt(Element element, String key) {
        String form = key.substring(Math.max(key.lastIndexOf('/'), key.lastIndexOf(':')) + 1);
        boolean isStart = START.equals(element.getTagName());
        String its = OF_TASKS.get(String.valueOf(element.attribute("id")));
        boolean isEmbedded = key.startsWith("embedded:deployment:");
        if ((isStart || its != null) && !isEmbedded || its != null && !form.equals(its)) {
            return "what is said there counts, so it has a form of the installation's, and no other"
                    + (its == null ? "" : ": " + its);
        }
        boolean belongsElsewhere = its == null && OF_TASKS.containsValue(form) || !isStart && form.equals(TO_START);
        return belongsElsewhere
                ? "the form " + form + " sends what is taken at its own place alone, and could never be completed here"
                : null;
    }
}
