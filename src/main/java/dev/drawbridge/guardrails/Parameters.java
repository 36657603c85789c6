package dev.drawbridge.guardrails;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.catalog.RulesException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Numbers and lengths of time that guardrails name, {@code rules/parameters.yaml}; where there is no such file, there are none. They
 * are put in where they are named as soon as a guardrail is read, so that all that is found out about guardrails is found out of
 * their values. One for each reading of the guardrails: it knows which of them have been named.
 */
final class Parameters {
    static final String FILE = "parameters.yaml";

    private static final int MOST = 200;
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,59}");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

    private final RuleFiles files;
    private final SortedMap<String, Parameter> byName;
    private final Set<String> named = new HashSet<>();

    private Parameters(RuleFiles files, SortedMap<String, Parameter> byName) {
        this.files = files;
        this.byName = byName;
    }

    static Parameters none() {
        return new Parameters(new RuleFiles(Collections.emptySortedMap()), Collections.emptySortedMap());
    }

    /** Refuses what is no name with a number or a length of time. */
    static Parameters of(RuleFiles files) {
        JsonNode file = files.read(FILE, new TypeReference<JsonNode>() {}, MissingNode.getInstance());
        SortedMap<String, Parameter> byName = new TreeMap<>();
        if (!file.isMissingNode()) {
            Place all = new Place(files, FILE, file);
            for (String name : all.names()) {
                byName.put(name, parameter(name, all.at(name)));
                if (byName.size() > MOST) {
                    throw all.at(name).wrong("there are at most " + MOST + " parameters.");
                }
            }
        }
        return new Parameters(files, byName);
    }

    private static Parameter parameter(String name, Place place) {
        if (!NAME.matcher(name).matches()) {
            throw place.wrong("a parameter's name is a small letter, then letters and digits, 60 at most.");
        }
        String text = place.text();
        if (NUMBER.matcher(text).matches()) {
            return new Parameter.Count(Integer.parseInt(text));
        }
        if (!RuleInspection.isDuration(text)) {
            throw place.wrong("here belongs a number of one to nine digits, or a duration such as PT4H.");
        }
        return new Parameter.Length(Duration.parse(text));
    }

    /** For a guardrail that names it, which is kept in mind. */
    Optional<Parameter> named(String name) {
        named.add(name);
        return find(name);
    }

    Optional<Parameter> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** As the file says them, by name. */
    Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        byName.forEach((name, parameter) -> texts.put(name, parameter.text()));
        return texts;
    }

    /** For a sentence. */
    String names() {
        return byName.isEmpty() ? "none" : String.join(", ", byName.keySet());
    }

    /** A sentence for each that no guardrail names: whoever changes its number believes that this counts. */
    List<RulesException> unused() {
        return byName.keySet().stream()
                .filter(name -> !named.contains(name))
                .map(name -> files.wrong(
                        FILE,
                        "no guardrail names this; name it, as in Limits( $x : " + name + " ), or take it out.",
                        name))
                .toList();
    }
}
