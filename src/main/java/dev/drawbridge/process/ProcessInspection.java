package dev.drawbridge.process;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Refuses a process that could run code on the server: scripts, classes, connectors, and expressions beyond naming a
 * bean's method or comparing a variable. Thrown in the deployment's transaction, so what was live stays live.
 */
class ProcessInspection extends AbstractBpmnParseListener {
    private static final Set<String> ELEMENTS =
            Set.of("script", "scriptTask", "connector", "scriptFormat", "conditionalEventDefinition");
    private static final Set<String> ATTRIBUTES = Set.of("class", "resource", "scriptFormat");
    private static final String NAME = "[A-Za-z][A-Za-z0-9]*";
    private static final String CALL = NAME + "(\\." + NAME + "\\((" + NAME + "(, ?" + NAME + ")*)?\\))?";
    private static final String COMPARISON = NAME + " ?(==|!=) ?('[A-Za-z0-9_-]*'|true|false)";
    private static final Pattern HARMLESS = Pattern.compile("#\\{ ?(" + CALL + "|" + COMPARISON + ") ?\\}");
    private static final Pattern LOOKS_LIKE_AN_EXPRESSION = Pattern.compile("[#$]\\{");

    @Override
    public void parseRootElement(Element root, List<ProcessDefinitionEntity> definitions) {
        inspect(root);
    }

    private void inspect(Element element) {
        if (ELEMENTS.contains(element.getTagName())) {
            throw refused(
                    element, "<" + element.getTagName() + "> may run code and is not part of what processes may use");
        }
        for (String attribute : element.attributes()) {
            String local = attribute.substring(attribute.lastIndexOf(':') + 1);
            String value = element.attribute(attribute);
            if (ATTRIBUTES.contains(local)) {
                throw refused(
                        element,
                        "the attribute '" + local + "' may run code and is not part of what processes may use");
            }
            requireHarmless(element, value);
        }
        if (!"documentation".equals(element.getTagName())) {
            requireHarmless(element, element.getText().trim());
        }
        element.elements().forEach(this::inspect);
    }

    private static void requireHarmless(Element element, String text) {
        if (LOOKS_LIKE_AN_EXPRESSION.matcher(text).find()
                && !HARMLESS.matcher(text).matches()) {
            throw refused(element, "the expression " + text + " is more than processes may use");
        }
    }

    private static ProcessEngineException refused(Element element, String why) {
        String id = element.attribute("id");
        String sentence =
                "Not published, line " + element.getLine() + (id == null ? "" : " (" + id + ")") + ": " + why + ".";
        return new ProcessEngineException(sentence);
    }
}
