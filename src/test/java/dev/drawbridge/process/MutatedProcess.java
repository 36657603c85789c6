package dev.drawbridge.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The house's process with a few things put into it anywhere, some of which would run something. */
final class MutatedProcess {
    private static final String CANARY = "dev.drawbridge.process.Canary";
    private static final String REFLECTION = "${''.getClass().forName('" + CANARY + "').newInstance()}";
    private static final Pattern TAG = Pattern.compile("<bpmn:[A-Za-z]+(?= |>|/)");
    private static final Pattern VALUE = Pattern.compile(" (id|name|camunda:[A-Za-z]+)=\"([^\"]*)\"");

    private static final List<String> BAD_ATTRIBUTES = List.of(
            " camunda:type=\"sHell\"",
            " camunda:class=\"" + CANARY + "\"",
            " x:class=\"" + CANARY + "\" xmlns:x=\"http://activiti.org/bpmn\"",
            " camunda:expression=\"" + REFLECTION + "\"",
            " camunda:formHandlerClass=\"" + CANARY + "\"",
            " camunda:topic=\"" + REFLECTION + "\"",
            " xml:base=\"http://127.0.0.1:9/\"",
            " camunda:decisionRef=\"" + REFLECTION + "\"");
    private static final List<String> BAD_ELEMENTS = List.of(
            "<bpmn:scriptTask id=\"z\" scriptFormat=\"juel\"><bpmn:script>" + REFLECTION
                    + "</bpmn:script></bpmn:scriptTask>",
            "<camunda:executionListener event=\"start\" class=\"" + CANARY + "\"/>",
            "<camunda:inputOutput><camunda:inputParameter name=\"x\">" + REFLECTION
                    + "</camunda:inputParameter></camunda:inputOutput>",
            "<camunda:field name=\"x\" expression=\"" + REFLECTION + "\"/>",
            "<camunda:connector/>",
            "<y:z xmlns:y=\"urn:y\"/>",
            REFLECTION);
    private static final List<String> BAD_VALUES =
            List.of(REFLECTION, "#{canary}", "#{canary.sing()}", "#{a}" + REFLECTION, "#{accessWindow.getClass()}");
    private static final List<String> GOOD_ATTRIBUTES = List.of(" ", "\n ", "\t");

    private final Random random;
    private String text;
    private int bad;

    MutatedProcess(Random random) {
        this.random = random;
        try {
            text = Files.readString(Path.of("processes/access-request.bpmn"))
                    .replaceAll("camunda:formKey=\"[^\"]*\"", "");
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            change();
        }
    }

    private void change() {
        switch (random.nextInt(4)) {
            case 0 -> {
                insert(TAG, any(BAD_ATTRIBUTES), false);
                bad++;
            }
            case 1 -> {
                insert(Pattern.compile("<bpmn:[A-Za-z]+[^<>]*[^/]>"), any(BAD_ELEMENTS), false);
                bad++;
            }
            case 2 -> {
                List<MatchResult> values =
                        new ArrayList<>(VALUE.matcher(text).results().toList());
                MatchResult value = values.get(random.nextInt(values.size()));
                text = text.substring(0, value.start(2)) + any(BAD_VALUES) + text.substring(value.end(2));
                bad++;
            }
            default -> insert(TAG, any(GOOD_ATTRIBUTES), true);
        }
    }

    private void insert(Pattern after, String what, boolean good) {
        List<MatchResult> places = after.matcher(text).results().toList();
        int place = places.get(random.nextInt(places.size())).end();
        text = text.substring(0, place) + what + text.substring(place);
    }

    private String any(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    String text() {
        return text;
    }

    /** Whether something was put in that is not known to be harmless. */
    boolean isHostile() {
        return bad > 0;
    }
}
