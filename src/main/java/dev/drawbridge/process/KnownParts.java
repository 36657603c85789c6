package dev.drawbridge.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The table of what a process may hold, {@code known-parts.txt}, read once. Names are the namespace and the local name. */
final class KnownParts {
    private static final Map<String, String> NAMESPACES = Map.of(
            "bpmn", "http://www.omg.org/spec/BPMN/20100524/MODEL",
            "bpmndi", "http://www.omg.org/spec/BPMN/20100524/DI",
            "dc", "http://www.omg.org/spec/DD/20100524/DC",
            "di", "http://www.omg.org/spec/DD/20100524/DI",
            "camunda", "http://camunda.org/schema/1.0/bpmn",
            "modeler", "http://camunda.org/schema/modeler/1.0",
            "xsi", "http://www.w3.org/2001/XMLSchema-instance",
            "bioc", "http://bpmn.io/schema/bpmn/biocolor/1.0",
            "color", "http://www.omg.org/spec/BPMN/non-normative/color/1.0");
    private static final String NOTHING = "";

    private static final Pattern LINE = Pattern.compile(
            "(?<name>[@A-Za-z:]+)( in (?<in>[^:]+(:[^: ]+)*))? *: ?(?<attributes>[^>]*)(> (?<text>\\S+))?");
    private static final Pattern ATTRIBUTE = Pattern.compile("(@[a-z]+)|([A-Za-z:-]+)=('[^']+'|[a-z_]+)");

    /** Tells what is wrong with a value; null where nothing is. */
    interface Form {
        @Nullable
        String wrongWith(String value, Reach reach);
    }

    /**
     * What is known of an element.
     *
     * @param extensionOf the elements whose extension it may be; none where it is no extension, {@code any} for all
     */
    record Part(Map<String, Form> attributes, Set<String> extensionOf, Form text) {}

    private static final KnownParts HERE = read();

    private final Map<String, Part> parts = new HashMap<>();
    private final Map<String, String> sets = new HashMap<>();

    private KnownParts() {}

    static @Nullable Part find(String namespace, String element) {
        return HERE.parts.get(namespace + ":" + element);
    }

    /** The name as somebody would write it. */
    static String written(String name) {
        for (Map.Entry<String, String> known : NAMESPACES.entrySet()) {
            if (name.startsWith(known.getValue() + ":")) {
                String local = name.substring(known.getValue().length() + 1);
                return known.getKey().equals("bpmn") ? local : known.getKey() + ":" + local;
            }
        }
        return NotPublished.shown(name);
    }

    private static KnownParts read() {
        try (InputStream table = KnownParts.class.getResourceAsStream("known-parts.txt")) {
            KnownParts parts = new KnownParts();
            new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(parts::add);
            return parts;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void add(String line) {
        Matcher matcher = LINE.matcher(line.strip());
        if (!matcher.matches()) {
            throw new IllegalStateException("known-parts.txt: " + line);
        }
        String name = matcher.group("name");
        if (name.startsWith("@")) {
            sets.put(name, matcher.group("attributes"));
            return;
        }
        Map<String, Form> attributes = new HashMap<>();
        collect(matcher.group("attributes"), attributes);
        String in = matcher.group("in");
        String text = matcher.group("text");
        parts.put(
                full(name),
                new Part(
                        attributes,
                        in == null ? Set.of() : Set.of(in.strip().equals("any") ? "any" : full(in.strip())),
                        text == null ? KnownParts::noText : form(text)));
    }

    private void collect(String written, Map<String, Form> attributes) {
        Matcher matcher = ATTRIBUTE.matcher(written);
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                collect(sets.getOrDefault(matcher.group(1), NOTHING), attributes);
            } else {
                String name = matcher.group(2);
                attributes.put(name.contains(":") ? full(name) : name, form(matcher.group(3)));
            }
        }
    }

    private static Form form(String written) {
        if (written.startsWith("'")) {
            List<String> values =
                    List.of(written.substring(1, written.length() - 1).split("\\|", -1));
            return (value, reach) -> values.contains(value)
                    ? null
                    : "'" + NotPublished.shown(value) + "' is none of " + String.join(", ", values);
        }
        return ValueForm.valueOf(written.toUpperCase(Locale.ROOT))::wrongWith;
    }

    private static @Nullable String noText(String text, Reach reach) {
        return text.isEmpty() ? null : "'" + NotPublished.shown(text) + "' stands where processes have no text";
    }

    private static String full(String name) {
        int colon = name.indexOf(':');
        return Objects.requireNonNull(NAMESPACES.get(name.substring(0, colon)), name) + name.substring(colon);
    }
}
