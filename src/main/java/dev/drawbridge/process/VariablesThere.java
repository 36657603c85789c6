package dev.drawbridge.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.process.Meaning.Kind;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;

/** Which variables there are in a process: those of the product, those of forms that it names, and those of what runs several times. */
final class VariablesThere {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORM = OwnForm.KEY;
    private static final String REVOKES = "#\\{ ?revokeAccess ?\\}";

    private VariablesThere() {}

    /** In all of a file; {@code published} is what is published with it. */
    static Map<String, Meaning> in(Element root, Map<String, byte[]> published) {
        Map<String, Meaning> variables = new HashMap<>();
        everything(root).forEach(element -> variables.putAll(of(element, published)));
        return variables;
    }

    private static Map<String, Meaning> of(Element element, Map<String, byte[]> published) {
        Map<String, Meaning> variables = new HashMap<>();
        String tag = element.getTagName();
        if (tag.equals("process")) {
            product(variables, ProcessVariables.VERDICT);
        } else if (ProcessNames.APPROVE_ACCESS.equals(element.attribute("id"))) {
            product(variables, ProcessVariables.LEVEL_OUTCOME);
        } else if (tag.equals("serviceTask")
                && camunda(element, "delegateExpression").matches(REVOKES)) {
            product(variables, ProcessVariables.END_REASON);
        }
        String form = camunda(element, "formKey");
        byte[] content = form.startsWith(FORM) ? published.get(form.substring(FORM.length())) : null;
        if (content != null) {
            fields(content, variables);
        }
        return variables;
    }

    private static void product(Map<String, Meaning> variables, String name) {
        variables.put(name, ProcessVariables.OF_THE_PRODUCT.get(name));
    }

    /** Within this element and its own attributes alone: it may run several times. */
    static Map<String, Meaning> within(Element element) {
        // The schema, which allows one, has its say later.
        List<Element> loops = element.elements("multiInstanceLoopCharacteristics");
        if (loops.isEmpty()) {
            return Map.of();
        }
        Map<String, Meaning> variables = new HashMap<>(ProcessVariables.OF_A_LOOP);
        String each = camunda(loops.get(0), "elementVariable");
        if (!each.isEmpty()) {
            variables.put(each, Meaning.of(Kind.ANYTHING));
        }
        return variables;
    }

    private static void fields(byte[] form, Map<String, Meaning> variables) {
        try {
            JSON.readTree(form).findParents("key").forEach(field -> {
                Meaning meaning = meaning(field);
                if (field.path("key").isTextual() && meaning != null) {
                    variables.putIfAbsent(field.path("key").asText(), meaning);
                }
            });
        } catch (IOException notJson) {
            // A form that is none is refused as such.
        }
    }

    private static @Nullable Meaning meaning(JsonNode field) {
        return switch (field.path("type").asText()) {
            case "textfield", "textarea" -> Meaning.of(Kind.TEXT);
            case "select", "radio" -> {
                Set<String> words = new HashSet<>();
                field.path("values")
                        .forEach(value -> words.add(value.path("value").asText()));
                yield new Meaning(Kind.TEXT, words);
            }
            case "number" -> Meaning.of(Kind.NUMBER);
            case "checkbox" -> Meaning.of(Kind.TRUTH);
            case "datetime" -> Meaning.of(Kind.ANYTHING);
            default -> null;
        };
    }

    private static Stream<Element> everything(Element element) {
        return Stream.concat(Stream.of(element), element.elements().stream().flatMap(VariablesThere::everything));
    }

    static String camunda(Element element, String attribute) {
        String value = element.attributeNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, attribute);
        return value == null ? "" : value.strip();
    }
}
