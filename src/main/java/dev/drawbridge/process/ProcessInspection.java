package dev.drawbridge.process;

import java.util.Map;
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
        new Walk(file, published.keySet(), new OwnTaskInspection(vocabulary.groups()))
                .inspect(
                        read.root(),
                        null,
                        null,
                        new Place(vocabulary, VariablesThere.in(read.root(), published)),
                        null);
        SAXParseException fault = read.fault();
        if (fault != null) {
            throw NotPublished.at(
                    file,
                    fault.getLineNumber(),
                    null,
                    "this is not BPMN as its schema has it: " + ProcessReader.said(fault));
        }
    }

    /** Through one file, from the outermost element inwards. */
    private record Walk(String file, Set<String> published, OwnTaskInspection own) {
        /** {@code around} is the process that the element is in. */
        void inspect(
                Element element,
                @Nullable Element parent,
                @Nullable Element owner,
                Place outside,
                @Nullable Element around) {
            String written = "<" + KnownParts.written(element.getUri() + ":" + element.getTagName()) + ">";
            KnownParts.Part part = KnownParts.find(String.valueOf(element.getUri()), element.getTagName());
            if (part == null || !stands(element, part, parent, owner)) {
                throw NotPublished.at(file, element, written + (part == null ? "" : " here") + NOT_KNOWN);
            }
            Place place = outside.with(VariablesThere.within(element));
            attributes(element, part, written, place);
            if (isBpmn(element, "timerEventDefinition")
                    && parent != null
                    && owner != null
                    && isBpmn(parent, "startEvent")
                    && isBpmn(owner, "process")) {
                throw NotPublished.at(file, parent, "a process is started by a person, and never by the clock");
            }
            refuse(element, part.text().wrongWith(element.getText().trim(), place));
            refuse(element, own.wrongWith(element, around));
            if (parent != null && !isBpmn(element, "sequenceFlow") && element.attribute("id") != null) {
                refuse(element, OwnTaskInspection.wrongGateway(element, parent));
            }
            Element process = isBpmn(element, "process") ? element : around;
            for (Element child : element.elements()) {
                inspect(child, element, parent, place, process);
            }
        }

        private void attributes(Element element, KnownParts.Part part, String written, Place place) {
            for (String attribute : element.attributes()) {
                if (attribute.startsWith(NAMESPACES) || attribute.startsWith("xmlns:") || attribute.equals("xmlns")) {
                    continue;
                }
                KnownParts.Form form = part.attributes().get(attribute);
                if (form == null) {
                    throw NotPublished.at(
                            file,
                            element,
                            "the attribute '" + KnownParts.written(attribute) + "' of " + written + NOT_KNOWN);
                }
                String value = element.attribute(attribute);
                String wrong = form.wrongWith(value, place);
                refuse(element, wrong == null ? null : wrong + " ('" + KnownParts.written(attribute) + "')");
                requireForm(file, attribute, value, published);
                requireFormOfTheHouse(file, element, attribute, value);
            }
        }

        private void refuse(Element element, @Nullable String wrong) {
            if (wrong != null) {
                throw NotPublished.at(file, element, wrong);
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
        return BpmnParser.BPMN20_NS.equals(element.getUri()) && name.equals(element.getTagName());
    }

    /** A form that is not there could not be opened. */
    private static void requireForm(String file, String attribute, String value, Set<String> published) {
        Matcher form = EMBEDDED_FORM.matcher(value);
        if (attribute.equals(BpmnParser.CAMUNDA_BPMN_EXTENSIONS_NS + ":formKey")
                && form.matches()
                && !published.contains(form.group(1))) {
            throw NotPublished.because(NotPublished.shown(file) + " names the form " + form.group(1)
                    + ", which is neither sent with it nor part of what is live");
        }
    }

    /** What people say there counts: no form of somebody's own may ask one thing and send another. */
    private static void requireFormOfTheHouse(String file, Element element, String attribute, String value) {
        boolean counts = isBpmn(element, "startEvent")
                || ProcessNames.FIXED_TASKS.contains(String.valueOf(element.attribute("id")));
        if (counts
                && attribute.equals(BpmnParser.CAMUNDA_BPMN_EXTENSIONS_NS + ":formKey")
                && !value.startsWith("embedded:deployment:")) {
            throw NotPublished.at(
                    file, element, "what is said there counts, so it has a form of the installation's, and no other");
        }
    }
}
