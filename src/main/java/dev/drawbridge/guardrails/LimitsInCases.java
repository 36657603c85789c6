package dev.drawbridge.guardrails;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts in what cases say of parameters: {@code duration: longestHighAccess + PT1S}, {@code automaticGrants: grantsADay - 1}. So a
 * case stays true when the number is another one.
 */
final class LimitsInCases {
    private static final Pattern SAID = Pattern.compile("([a-z][A-Za-z0-9]{0,59})(?: ([+-]) ([A-Z0-9.]{1,20}))?");

    private static final String LIMIT = "limit ";

    private final Parameters parameters;

    LimitsInCases(Parameters parameters) {
        this.parameters = parameters;
    }

    /** What is no parameter, or cannot be added to it, stays as it is written, for others to refuse. */
    JsonNode filled(JsonNode cases) {
        cases.path("guardrails").forEach(this::fill);
        fill(cases);
        return cases;
    }

    private void fill(JsonNode cases) {
        if (cases.path("then") instanceof ArrayNode then) {
            for (int at = 0; at < then.size(); at++) {
                String said = then.get(at).asText();
                if (said.startsWith(LIMIT)) {
                    JsonNode limit = TextNode.valueOf(said.substring(LIMIT.length()));
                    then.set(at, LIMIT + value(limit).orElse(limit).textValue());
                }
            }
        }
        List.of("fires", "silent")
                .forEach(kind -> cases.path(kind).forEach(one -> {
                    if (one instanceof ObjectNode parts) {
                        parts.properties()
                                .forEach(part -> value(part.getValue()).ifPresent(part::setValue));
                    }
                }));
    }

    private Optional<JsonNode> value(JsonNode written) {
        Matcher said = SAID.matcher(written.isTextual() ? written.textValue() : "");
        if (!said.matches()) {
            return Optional.empty();
        }
        return parameters
                .find(said.group(1))
                .flatMap(parameter -> said.group(2) == null
                        ? Optional.of(parameter.text())
                        : moved(parameter, said.group(2).equals("-"), said.group(3)))
                .map(TextNode::valueOf);
    }

    private static Optional<String> moved(Parameter parameter, boolean back, String by) {
        try {
            if (parameter instanceof Parameter.Count count) {
                long step = Integer.parseInt(by);
                return Optional.of(String.valueOf(count.value() + (back ? -step : step)));
            }
            Duration length = ((Parameter.Length) parameter).value();
            Duration step = Duration.parse(by);
            return Optional.of((back ? length.minus(step) : length.plus(step)).toString());
        } catch (DateTimeException | ArithmeticException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }
}
