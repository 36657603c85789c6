package dev.drawbridge.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParser;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXParseException;

/**
 * Lets a process hold what {@code known-parts.txt} lists, and nothing else: what is not known to be harmless is refused,
 * with the element and its line. It goes by the very tree that the engine builds the process from.
 */
class ProcessInspection {
    private static final String NAMESPACES = "http://www.w3.org/2000/xmlns/:";
    /** A form that is published with its process, by its path. */
    static final Pattern EMBEDDED_FORM = Pattern.compile("[a-z-]+:deployment:(.+)");

    private static final String NOT_KNOWN = " is not part of what processes may use; it may run code";

    private final ProcessVocabulary vocabulary;

    ProcessInspection(ProcessVocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /**
     * Refuses what is not known in the file, and expressions that name what does not exist; {@code published} is what is
     * published with it, by name.
     */
    void inspect(String file, ProcessReader.Read read, Map<String, byte[]> published) {
        problems(file, read, published).stream().findFirst().ifPresent(problem -> {
            throw problem.refused();
        });
    }

    /** All for which {@link #inspect} would refuse the file, in its order. */
    List<Problem> problems(String file, ProcessReader.Read read, Map<String, byte[]> published) {
        Walk walk = new Walk(file, published.keySet(), read.root(), VariablesThere.in(read.root(), published));
        walk.inspect(read.root(), new Around(null, null, null, Set.of(), Map.of()));
        SAXParseException fault = read.fault();
        if (fault != null) {
            walk.problems.add(new Problem(
                    file,
                    fault.getLineNumber(),
                    null,
                    "this is not BPMN as its schema has it: " + ProcessReader.said(fault)));
        }
        return walk.problems;
    }

    /**
     * What an element stands in.
     *
     * @param owner what its parent stands in
     * @param process that it is in
     * @param there the variables that are there for certain
     * @param counting those of what runs several times
     */
    private record Around(
            @Nullable Element parent,
            @Nullable Element owner,
            @Nullable Element process,
            Set<String> there,
            Map<String, Meaning> counting) {}

    /** Through one file, from the outermost element inwards. */
    private final class Walk {
        private final String file;
        private final Set<String> published;
        private final VariablesThere variables;
        private final Ways ways;
        private final OwnTaskInspection own = new OwnTaskInspection(vocabulary.groups());
        private final List<Problem> problems = new ArrayList<>();

        Walk(String file, Set<String> published, Element root, VariablesThere variables) {
            this.file = file;
            this.published = published;
            this.variables = variables;
            this.ways = new Ways(root, variables.names(), variables::setBy, vocabulary::runsApart);
        }

        void inspect(Element element, Around around) {
            String written = "<" + KnownParts.written(element.getUri() + ":" + element.getTagName()) + ">";
            KnownParts.Part part = KnownParts.find(String.valueOf(element.getUri()), element.getTagName());
            Element parent = around.parent();
            if (part == null || !stands(element, part, parent, around.owner())) {
                wrong(element, written + (part == null ? "" : " here") + NOT_KNOWN);
                return;
            }
            Map<String, Meaning> counting = new HashMap<>(around.counting());
            counting.putAll(VariablesThere.within(element));
            Set<String> there = there(element, around);
            Reach reach = reach(there, counting);
            attributes(element, part, written, reach);
            if (isBpmn(element, "timerEventDefinition")
                    && parent != null
                    && around.owner() != null
                    && isBpmn(parent, "startEvent")
                    && isBpmn(around.owner(), "process")) {
                wrong(parent, "a process is started by a person, and never by the clock");
            }
            wrong(element, part.text().wrongWith(element.getText().trim(), reach));
            wrong(element, own.wrongWith(element, around.process()));
            if (isBpmn(element, "userTask")) {
                wrong(element, variables.wrongForm(element));
            }
            if (parent != null && !isBpmn(element, "sequenceFlow") && element.attribute("id") != null) {
                wrong(element, Ways.wrongOn(element, parent));
            }
            Element process = isBpmn(element, "process") ? element : around.process();
            Around here = new Around(element, parent, process, there, counting);
            element.elements().forEach(child -> inspect(child, here));
        }

        private Set<String> there(Element element, Around around) {
            if (isBpmn(element, "completionCondition") && around.owner() != null) {
                return ways.afterOneGo(around.owner());
            }
            Set<String> there = ways.at(element);
            return there == null ? around.there() : there;
        }

        private Reach reach(Set<String> there, Map<String, Meaning> counting) {
            Map<String, Meaning> all = new HashMap<>(variables.of(there));
            all.putAll(counting);
            return new Reach(vocabulary, all, variables.lacking());
        }

        private void attributes(Element element, KnownParts.Part part, String written, Reach reach) {
            for (String attribute : element.attributes()) {
                if (attribute.startsWith(NAMESPACES) || attribute.startsWith("xmlns:") || attribute.equals("xmlns")) {
                    continue;
                }
                KnownParts.Form form = part.attributes().get(attribute);
                if (form == null) {
                    wrong(element, "the attribute '" + KnownParts.written(attribute) + "' of " + written + NOT_KNOWN);
                    continue;
                }
                String value = element.attribute(attribute);
                String wrong = form.wrongWith(value, reach);
                wrong(element, wrong == null ? null : wrong + " ('" + KnownParts.written(attribute) + "')");
                if (attribute.equals(BpmnParser.CAMUNDA_BPMN_EXTENSIONS_NS + ":formKey")) {
                    wrong(element, notThere(value));
                    wrong(element, FormsOfTheHouse.wrongAt(element, value));
                }
            }
        }

        /** A form that is not there could not be opened. */
        private @Nullable String notThere(String key) {
            Matcher form = EMBEDDED_FORM.matcher(key);
            return form.matches() && !published.contains(form.group(1))
                    ? "it names the form " + form.group(1) + ", which is neither sent with it nor part of what is live"
                    : null;
        }

        private void wrong(Element element, @Nullable String why) {
            if (why != null) {
                problems.add(new Problem(file, element.getLine(), element.attribute("id"), why));
            }
        }
    }

    /** An extension belongs to a certain element. BPMN's schema does not check that. */
    private static boolean stands(
            Element element, KnownParts.Part part, @Nullable Element parent, @Nullable Element owner) {
        if (parent == null) {
            return isBpmn(element, "definitions");
        }
        if (isBpmn(parent, "extensionElements")) {
            return owner != null
                    && (part.extensionOf().contains("any")
                            || part.extensionOf().contains(owner.getUri() + ":" + owner.getTagName()));
        }
        if (BpmnParser.CAMUNDA_BPMN_EXTENSIONS_NS.equals(element.getUri())) {
            return part.extensionOf().isEmpty() && "properties".equals(parent.getTagName());
        }
        return part.extensionOf().isEmpty() && !BpmnParser.CAMUNDA_BPMN_EXTENSIONS_NS.equals(parent.getUri());
    }

    private static boolean isBpmn(Element element, String name) {
        return BpmnParser.BPMN20_NS.equals(element.getUri()) && Objects.equals(name, element.getTagName());
    }
}
