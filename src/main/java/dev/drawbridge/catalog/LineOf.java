package dev.drawbridge.catalog;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Where in a YAML file something stands: it finds the line to point at, and decides nothing else. */
final class LineOf {
    private LineOf() {}

    /**
     * The line, from 1, of what this path of names and positions leads to, or of as much of it as is there; 0 where the text
     * is no YAML.
     */
    static int path(String text, List<?> path) {
        Node at;
        try {
            at = new Yaml(new LoaderOptions()).compose(new StringReader(text));
        } catch (YAMLException unreadable) {
            return 0;
        }
        if (at == null) {
            return 0;
        }
        int line = at.getStartMark().getLine();
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
}
