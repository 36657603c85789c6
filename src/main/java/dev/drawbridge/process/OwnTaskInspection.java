package dev.drawbridge.process;

import dev.drawbridge.platform.PlainText;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;

/** Looks at the tasks that a company adds to the process of a request, and at what tasks are called. */
final class OwnTaskInspection {
    private static final List<String> WHO = List.of("candidateGroups", "candidateUsers", "assignee");
    /** A line on any page, in mail and in Tasklist. */
    private static final int LONGEST = 80;

    private static final Pattern COMMA = Pattern.compile(",");

    private final Set<String> groups;

    /** {@code groups}: those that there are; none where nobody says which. */
    OwnTaskInspection(Set<String> groups) {
        this.groups = groups;
    }

    /** What is wrong with an element of a process, where it is such a task; null where nothing is. */
    @Nullable
    String wrongWith(Element element, @Nullable Element process) {
        if (!element.getTagName().equals("userTask")) {
            return null;
        }
        String name = element.attribute("name");
        if (name != null && !isReadable(name)) {
            return "a task is called by one line of at most " + LONGEST + " characters that can be seen ('name')";
        }
        if (process == null || !ProcessNames.ACCESS_REQUEST.equals(process.attribute("id"))) {
            return null;
        }
        return ProcessNames.FIXED_TASKS.contains(String.valueOf(element.attribute("id"))) ? null : wrongTask(element);
    }

    /** It stands within sentences of the product, and must not read as one. */
    private static boolean isReadable(String name) {
        return name.isEmpty()
                || name.length() <= LONGEST
                        && !PlainText.looksEmpty(name)
                        && PlainText.shown(name).equals(name);
    }

    private @Nullable String wrongTask(Element task) {
        for (String who : WHO) {
            if (VariablesThere.camunda(task, who).contains("{")) {
                return "a task of one's own is for groups and people that are written out, and for no expression ('camunda:"
                        + who + "')";
            }
        }
        if (WHO.stream().allMatch(who -> names(task, who).isEmpty())) {
            return "this task is for nobody, so a request would wait at it for ever; name its groups in"
                    + " 'camunda:candidateGroups', or its people in 'camunda:candidateUsers'";
        }
        return groups.isEmpty()
                ? null
                : names(task, "candidateGroups").stream()
                        .filter(group -> !groups.contains(group))
                        .findFirst()
                        .map(group -> "there is no group '" + group + "'; rules/catalog.yaml declares "
                                + String.join(", ", groups))
                        .orElse(null);
    }

    private static List<String> names(Element task, String attribute) {
        return Stream.of(COMMA.split(VariablesThere.camunda(task, attribute)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
