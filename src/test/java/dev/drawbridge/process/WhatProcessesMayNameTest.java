package dev.drawbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.testing.DrawbridgeTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** The page that lists what processes may name says it as it is, and so do the templates. */
@DrawbridgeTest
class WhatProcessesMayNameTest {
    private static final Path PAGE = Path.of("processes/README.md");
    private static final Path TEMPLATES = Path.of("processes/element-templates/drawbridge.json");

    @Autowired
    ListableBeanFactory beans;

    @Test
    void listsEveryBeanMethodAndVariable() throws IOException {
        String page = Files.readString(PAGE);
        ProcessVocabulary vocabulary = new ProcessVocabulary(beans);

        List<String> missing = new ArrayList<>();
        for (String bean : vocabulary.asked()) {
            vocabulary.methods(bean).stream()
                    .map(method -> vocabulary.signature(bean, method))
                    .filter(said -> !page.replaceAll("'[a-z-]+'", "'...'").contains("`" + said + "`"))
                    .forEach(missing::add);
        }
        vocabulary.all(JavaDelegate.class).stream()
                .filter(step -> !page.contains("| `#{" + step + "}` |"))
                .forEach(missing::add);
        ProcessVariables.ALL.stream()
                .filter(name -> !page.contains("`" + name + "`"))
                .forEach(missing::add);

        assertThat(missing).isEmpty();
    }

    @Test
    void namesNothingThatDoesNotExist() throws IOException {
        ProcessVocabulary vocabulary = new ProcessVocabulary(beans);
        Set<String> known = new TreeSet<>(vocabulary.asked());

        Set<String> named = new TreeSet<>();
        Pattern.compile("\\b([a-z][A-Za-z]+)\\.([a-z][A-Za-z]+)\\(")
                .matcher(Files.readString(PAGE))
                .results()
                .forEach(call -> {
                    assertThat(known).contains(call.group(1));
                    named.add(call.group(1));
                    assertThat(vocabulary.methods(call.group(1))).contains(call.group(2));
                });

        assertThat(named).containsExactlyElementsOf(known);
    }

    @Test
    void offersTemplatesWhoseExpressionsCanBePublished() throws IOException {
        Map<String, Meaning> variables = new HashMap<>(ProcessVariables.OF_THE_PRODUCT);
        variables.put("level", Meaning.of(Meaning.Kind.NUMBER));
        Reach reach = new Reach(new ProcessVocabulary(beans), variables, Map.of());
        List<String> wrong = new ArrayList<>();
        for (JsonNode template : new ObjectMapper().readTree(TEMPLATES.toFile())) {
            for (JsonNode property : template.path("properties")) {
                String attribute = property.path("binding").path("name").asText();
                ValueForm form = form(attribute);
                values(property)
                        .filter(value -> value.startsWith("#{"))
                        .map(value -> form.wrongWith(value, reach))
                        .filter(java.util.Objects::nonNull)
                        .forEach(wrong::add);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static Stream<String> values(JsonNode property) {
        return Stream.concat(
                Stream.of(property.path("value").asText()),
                property.path("choices").findValuesAsText("value").stream());
    }

    private static ValueForm form(String attribute) {
        return switch (attribute) {
            case "conditionExpression" -> ValueForm.CONDITION;
            case "camunda:delegateExpression" -> ValueForm.SERVICE;
            case "camunda:dueDate" -> ValueForm.WHEN;
            default -> ValueForm.WHO;
        };
    }

    @Test
    void knowsTheWordsThatItsVariablesHoldInTheProduct() {
        assertThat(ProcessVariables.OF_THE_PRODUCT.get(ProcessVariables.VERDICT).words())
                .containsExactlyInAnyOrder(names(dev.drawbridge.guardrails.VerdictOutcome.values()));
        assertThat(ProcessVariables.OF_THE_PRODUCT
                        .get(ProcessVariables.LEVEL_OUTCOME)
                        .words())
                .containsExactlyInAnyOrder(Stream.of(names(dev.drawbridge.approval.Answer.LevelOutcome.values()))
                        .map(name -> name.toLowerCase(java.util.Locale.ROOT))
                        .toArray(String[]::new));
        assertThat(ProcessVariables.OF_THE_PRODUCT
                        .get(ProcessVariables.END_REASON)
                        .words())
                .containsExactlyInAnyOrder(names(dev.drawbridge.revocation.Reason.values()));
    }

    private static String[] names(Enum<?>[] constants) {
        return Stream.of(constants).map(Enum::name).toArray(String[]::new);
    }
}
