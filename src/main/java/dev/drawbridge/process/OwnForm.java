package dev.drawbridge.process;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.process.Meaning.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.jspecify.annotations.Nullable;

/**
 * What a form of Camunda Modeler asks for, read in one way by whoever publishes it, branches by it or completes a task with it:
 * what is completed with it becomes variables of the process.
 */
record OwnForm(List<Field> fields) {
    static final String KEY = "camunda-forms:deployment:";

    /** What is said there is on record beside what is done, and never a variable. */
    static final String NOTE = "note";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OwnForm NONE = new OwnForm(List.of());

    /** What a form only shows, though Camunda Modeler gives some of it a key. */
    private static final Set<String> SHOWN =
            Set.of("button", "text", "html", "image", "separator", "spacer", "iframe", "table");

    /** What holds others; what repeats them, or puts a path before their names, makes lists and objects of them. */
    private static final String GROUP = "group";

    /**
     * Something that a form asks for.
     *
     * @param type as Camunda Modeler calls it
     * @param always whether it is there, and not empty, once the form is completed
     * @param meaning what the variable holds; none where no variable can hold it
     * @param line of the form, from 1
     */
    record Field(
            String key,
            String type,
            boolean always,
            @Nullable Meaning meaning,
            int line) {
        boolean isNote() {
            return key.equals(NOTE);
        }

        /** An unticked box says no, and one that was not even shown says no too. */
        boolean isBox() {
            return type.equals("checkbox");
        }
    }

    OwnForm {
        fields = List.copyOf(fields);
    }

    /** Of the form that a task was published with; nothing where it has none of these. */
    static OwnForm of(CommandContext engine, TaskEntity task) {
        ProcessDefinitionEntity process = engine.getProcessEngineConfiguration()
                .getDeploymentCache()
                .findDeployedProcessDefinitionById(task.getProcessDefinitionId());
        return Optional.ofNullable(process.getTaskDefinitions().get(task.getTaskDefinitionKey()))
                .map(TaskDefinition::getFormKey)
                .map(Expression::getExpressionText)
                .filter(key -> key.startsWith(KEY))
                .map(key -> engine.getResourceManager()
                        .findResourceByDeploymentIdAndResourceName(
                                process.getDeploymentId(), key.substring(KEY.length())))
                .map(ResourceEntity::getBytes)
                .map(OwnForm::read)
                .orElse(NONE);
    }

    /** Nothing where it is no form: it is refused as such. */
    static OwnForm read(byte @Nullable [] form) {
        if (form == null) {
            return NONE;
        }
        try (JsonParser parser = JSON.createParser(form)) {
            parser.nextToken();
            Reader reader = new Reader(parser);
            reader.collect(reader.tree(), true, true);
            return new OwnForm(reader.fields);
        } catch (IOException notJson) {
            return NONE;
        }
    }

    Optional<Field> find(String key) {
        return fields.stream().filter(field -> field.key().equals(key)).findFirst();
    }

    /** Keeps the lines, which a tree of JSON has not. */
    private static final class Reader {
        private final JsonParser parser;
        private final Map<JsonNode, Integer> lines = new IdentityHashMap<>();
        private final List<Field> fields = new ArrayList<>();

        Reader(JsonParser parser) {
            this.parser = parser;
        }

        JsonNode tree() throws IOException {
            JsonToken token = parser.currentToken();
            if (token == JsonToken.START_OBJECT) {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                lines.put(object, line());
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    if (name.equals("key")) {
                        lines.put(object, line());
                    }
                    object.set(name, tree());
                }
                return object;
            }
            if (token == JsonToken.START_ARRAY) {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(tree());
                }
                return array;
            }
            return JSON.readTree(parser);
        }

        private int line() {
            return parser.currentTokenLocation().getLineNr();
        }

        /** {@code shown}: whether all around it is always shown; {@code plain}: whether nothing around it makes lists of it. */
        void collect(JsonNode component, boolean shown, boolean plain) {
            boolean isShown =
                    shown && component.path("conditional").path("hide").isMissingNode();
            String type = component.path("type").asText();
            if (component.path("key").isTextual() && !SHOWN.contains(type) && !type.equals(GROUP)) {
                fields.add(field(component, type, isShown, plain));
            }
            boolean isPlain = plain
                    && !type.equals("dynamiclist")
                    && component.path("path").asText().isEmpty();
            component.path("components").forEach(inner -> collect(inner, isShown, isPlain));
        }

        private Field field(JsonNode component, String type, boolean isShown, boolean plain) {
            boolean isSent = isShown
                    && !component.path("disabled").asBoolean()
                    && !component.path("readonly").asBoolean();
            boolean isNeeded = component.path("validate").path("required").asBoolean();
            return new Field(
                    component.path("key").asText(),
                    type,
                    type.equals("checkbox") || isSent && isNeeded,
                    plain ? meaning(component, type) : null,
                    lines.getOrDefault(component, 1));
        }

        private static @Nullable Meaning meaning(JsonNode field, String type) {
            return switch (type) {
                case "textfield", "textarea" -> Meaning.of(Kind.TEXT);
                case "select", "radio" -> oneOf(field.path("values"));
                case "number" -> Meaning.of(field.path("serializeToString").asBoolean() ? Kind.TEXT : Kind.NUMBER);
                case "checkbox" -> Meaning.of(Kind.TRUTH);
                // It is sent as a text that no condition could be compared with.
                case "datetime" -> Meaning.of(Kind.MOMENT);
                default -> null;
            };
        }

        /** Written out in the form: there is nothing else from which they could come. */
        private static @Nullable Meaning oneOf(JsonNode values) {
            Set<String> words = new HashSet<>();
            for (JsonNode value : values) {
                if (!value.path("value").isTextual()) {
                    return null;
                }
                words.add(value.path("value").asText());
            }
            return words.isEmpty() ? null : new Meaning(Kind.TEXT, words);
        }
    }
}
