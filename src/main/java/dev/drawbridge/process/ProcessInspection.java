package dev.drawbridge.process;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParser;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Refuses a process that could run code on the server: scripts, classes, connectors, decisions, and expressions beyond
 * naming a bean's method or comparing a variable. It reads the file before the engine does, which makes some classes
 * already while it parses; and it runs in the deployment's transaction, so what was live stays live.
 */
class ProcessInspection extends BpmnParse {
    private static final Set<String> ELEMENTS =
            Set.of("script", "scriptTask", "connector", "conditionalEventDefinition", "constraint");
    private static final Set<String> ATTRIBUTES =
            Set.of("resource", "scriptFormat", "language", "decisionRef", "caseRef", "connectorId");
    private static final Set<String> TYPES = Set.of("mail", "shell");
    private static final String NAME = "[A-Za-z][A-Za-z0-9]*";
    private static final String CALL = "(?<bean>" + NAME + ")\\." + NAME + "\\((" + NAME + "(, ?" + NAME + ")*)?\\)";
    private static final String COMPARISON = NAME + " ?(==|!=) ?('[A-Za-z0-9_-]*'|true|false)";
    private static final Pattern HARMLESS =
            Pattern.compile("#\\{ ?(" + CALL + "|" + NAME + "|" + COMPARISON + ") ?\\}");
    private static final Pattern LOOKS_LIKE_AN_EXPRESSION = Pattern.compile("[#$]\\{");

    private final Predicate<String> vocabulary;

    /** {@code vocabulary} knows the names of the beans whose methods a process may call. */
    ProcessInspection(BpmnParser parser, Predicate<String> vocabulary) {
        super(parser);
        this.vocabulary = vocabulary;
    }

    @Override
    protected void parseRootElement() {
        inspect(rootElement);
        super.parseRootElement();
    }

    private void inspect(Element element) {
        if (ELEMENTS.contains(element.getTagName())) {
            throw refused(element, "<" + element.getTagName() + "> may run code");
        }
        for (String attribute : element.attributes()) {
            String name = attribute.substring(attribute.lastIndexOf(':') + 1);
            String value = element.attribute(attribute);
            if (ATTRIBUTES.contains(name) || name.toLowerCase(Locale.ROOT).endsWith("class")) {
                throw refused(element, "the attribute '" + name + "' may run code");
            }
            if (name.equals("type") && TYPES.contains(value)) {
                throw refused(element, "a task of the type '" + value + "' reaches beyond the engine");
            }
            requireHarmless(element, value);
        }
        requireHarmless(element, element.getText().trim());
        element.elements().forEach(this::inspect);
    }

    private void requireHarmless(Element element, String text) {
        if (!LOOKS_LIKE_AN_EXPRESSION.matcher(text).find()) {
            return;
        }
        Matcher harmless = HARMLESS.matcher(text);
        if (!harmless.matches()) {
            throw refused(element, "the expression " + text + " is more than processes may use");
        }
        String bean = harmless.group("bean");
        if (bean != null && !vocabulary.test(bean)) {
            throw refused(element, "'" + bean + "' in " + text + " is not part of what processes may use");
        }
    }

    private static ProcessEngineException refused(Element element, String why) {
        String id = element.attribute("id");
        return new ProcessEngineException(
                "Not published, line " + element.getLine() + (id == null ? "" : " (" + id + ")") + ": " + why + ".");
    }
}
