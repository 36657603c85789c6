package dev.drawbridge.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.platform.PlainText;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * What a YAML file says, and in which line. Of YAML it knows names, lists and single values; what else there is (anchors,
 * tags, several documents) two readers take differently, and is refused. A value is the text that stands there:
 * whether {@code no} or {@code 010} is meant as something else is for whoever needs it to say.
 */
final class WrittenYaml {
    private static final int DEEPEST = 20;
    private static final int LONGEST_NAME = 100;

    private final Path file;
    private final @Nullable Node root;
    private final JsonNode content;

    private WrittenYaml(Path file, @Nullable Node root) {
        this.file = file;
        this.root = root;
        this.content = root == null ? JsonNodeFactory.instance.nullNode() : content(root);
    }

    static WrittenYaml read(Path file, String text) {
        Yaml yaml = new Yaml(new LoaderOptions());
        try {
            new Plainness(file).require(yaml.parse(new StringReader(text)));
            return new WrittenYaml(file, yaml.compose(new StringReader(text)));
        } catch (MarkedYAMLException wrong) {
            int line =
                    wrong.getProblemMark() == null ? 0 : wrong.getProblemMark().getLine() + 1;
            throw new RulesException(file, line, "this is no YAML: " + wrong.getProblem() + ".");
        } catch (YAMLException wrong) {
            throw new RulesException(file, 0, "this is no YAML.");
        }
    }

    /** Objects, arrays, texts and nulls. */
    JsonNode content() {
        return content;
    }

    /** The line, from 1, of what this path of names and positions leads to, or of as much of it as is there. */
    int line(List<?> path) {
        if (root == null) {
            return 0;
        }
        int line = root.getStartMark().getLine();
        Node at = root;
        for (Object step : path) {
            Optional<Step> next = step instanceof Integer position ? element(at, position) : value(at, step.toString());
            if (next.isEmpty()) {
                break;
            }
            line = next.get().line();
            at = next.get().to();
        }
        return line + 1;
    }

    private JsonNode content(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getTag().equals(Tag.NULL)
                    ? JsonNodeFactory.instance.nullNode()
                    : JsonNodeFactory.instance.textNode(scalar.getValue());
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            sequence.getValue().forEach(one -> list.add(content(one)));
            return list;
        }
        ObjectNode names = JsonNodeFactory.instance.objectNode();
        for (NodeTuple pair : ((MappingNode) node).getValue()) {
            String name = name(pair.getKeyNode());
            if (names.has(name)) {
                throw wrong(pair.getKeyNode(), "twice in the same place: '" + name + "'.");
            }
            names.set(name, content(pair.getValueNode()));
        }
        return names;
    }

    private String name(Node key) {
        if (key instanceof ScalarNode scalar) {
            String name = scalar.getValue();
            if (name.length() <= LONGEST_NAME
                    && !PlainText.looksEmpty(name)
                    && PlainText.shown(name).equals(name)) {
                return name;
            }
        }
        throw wrong(key, "a name is a short text on one line.");
    }

    private RulesException wrong(Node node, String sentence) {
        return new RulesException(file, node.getStartMark().getLine() + 1, sentence);
    }

    /** To the value, and the line of its name: the value may begin in the next. */
    private record Step(Node to, int line) {}

    private static Optional<Step> element(Node list, int position) {
        return list instanceof SequenceNode sequence
                        && position >= 0
                        && position < sequence.getValue().size()
                ? Optional.of(sequence.getValue().get(position))
                        .map(node -> new Step(node, node.getStartMark().getLine()))
                : Optional.empty();
    }

    private static Optional<Step> value(Node names, String name) {
        return names instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(pair -> pair.getKeyNode() instanceof ScalarNode key
                                && key.getValue().equals(name))
                        .findFirst()
                        .map(pair -> new Step(
                                pair.getValueNode(),
                                pair.getKeyNode().getStartMark().getLine()))
                : Optional.empty();
    }

    /** Looks at each piece of a file before anything is made of it. */
    private static final class Plainness {
        private final Path file;
        private int documents;
        private int depth;

        Plainness(Path file) {
            this.file = file;
        }

        void require(Iterable<Event> events) {
            events.forEach(this::require);
        }

        private void require(Event event) {
            if (event instanceof DocumentStartEvent start) {
                requireOneDocument(start);
            }
            if (event instanceof NodeEvent node && node.getAnchor() != null) {
                throw wrong(
                        event,
                        event instanceof AliasEvent
                                ? "'*' refers to another place; write it out, or put it in quotation marks."
                                : "'&' gives a name to this place, which nothing here needs; put a text in quotation marks.");
            }
            if (event instanceof ScalarEvent scalar && scalar.getTag() != null
                    || event instanceof CollectionStartEvent collection && collection.getTag() != null) {
                throw wrong(event, "'!' says of which type this is, which nothing here needs; leave it out.");
            }
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > DEEPEST) {
                throw wrong(event, "this is nested more than " + DEEPEST + " deep.");
            }
        }

        private void requireOneDocument(DocumentStartEvent start) {
            if (++documents > 1) {
                throw wrong(start, "there is a second document in the file, which nobody would read.");
            }
            if (start.getVersion() != null
                    || start.getTags() != null && !start.getTags().isEmpty()) {
                throw wrong(start, "a line that begins with '%' changes how a file is read; leave it out.");
            }
        }

        private RulesException wrong(Event event, String sentence) {
            return new RulesException(file, event.getStartMark().getLine() + 1, sentence);
        }
    }
}
