package dev.drawbridge.guardrails;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.catalog.RulesException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Something in a file, and the way to it, so that what is wrong there is told with its line. */
final class Place {
    private final RuleFiles files;
    private final String file;
    private final JsonNode node;
    private final Object[] way;

    Place(RuleFiles files, String file, JsonNode node, Object... way) {
        this.files = files;
        this.file = file;
        this.node = node;
        this.way = way;
    }

    RulesException wrong(String sentence) {
        return files.wrong(file, sentence, way);
    }

    /** Refuses what holds names beside these. */
    Place only(Set<String> known) {
        for (String name : names()) {
            if (!known.contains(name)) {
                throw at(name).wrong("this name is not known here; there are " + String.join(", ", new TreeSet<>(known))
                        + ".");
            }
        }
        return this;
    }

    /** Its names; refuses what has none. */
    List<String> names() {
        if (!node.isObject()) {
            throw wrong("here belong names with their values, such as {name: value}.");
        }
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    boolean has(String name) {
        return node.has(name);
    }

    /** What it holds under this name; refuses what is missing. */
    Place at(String name) {
        if (!node.has(name)) {
            throw wrong("'" + name + "' is missing.");
        }
        return step(node.get(name), name);
    }

    List<Place> each() {
        if (!node.isArray() || node.isEmpty()) {
            throw wrong("here belongs a list, such as [one, other].");
        }
        List<Place> each = new ArrayList<>();
        node.forEach(one -> each.add(step(one, each.size())));
        return each;
    }

    /** One value, or each of a list. */
    List<Place> oneOrMany() {
        return node.isArray() ? each() : List.of(this);
    }

    String text() {
        if (!node.isTextual()) {
            throw wrong("here belongs one value.");
        }
        return node.textValue().strip();
    }

    private Place step(JsonNode inner, Object step) {
        return new Place(
                files,
                file,
                inner,
                Stream.concat(Stream.of(way), Stream.of(step)).toArray());
    }
}
