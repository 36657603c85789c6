package dev.drawbridge.process;

import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;

/** Where the installation's forms belong: what people say there counts, so no other form may ask one thing and send another. */
final class FormsOfTheHouse {
    private FormsOfTheHouse() {}

    /** What is wrong with a form where it stands; null where nothing is. */
    static @Nullable String wrongAt(Element element, String key) {
        boolean counts = element.getTagName().equals("startEvent")
                || ProcessNames.FIXED_TASKS.contains(String.valueOf(element.attribute("id")));
        return counts && !key.startsWith("embedded:deployment:")
                ? "what is said there counts, so it has a form of the installation's, and no other"
                : null;
    }
}
