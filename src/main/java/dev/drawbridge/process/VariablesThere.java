package dev.drawbridge.process;

import dev.drawbridge.process.Meaning.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;

/**
 * The variables that a process knows: those of the product, those of the forms that it names, and those of what runs several
 * times. Which of them are there at a place is for {@link Ways} to say.
 */
final class VariablesThere {
    private static final String SOMEWHERE = "is not set on every way that leads there";

    /** Set for what follows at once, and kept for no longer. */
    static final Map<String, String> PASSING = Map.of(
            ProcessVariables.VERDICT,
            "is there right behind #{checkGuardrails} alone; ask asked.verdict(execution)",
            ProcessVariables.END_REASON,
            "is there right behind #{revokeAccess} alone");

    private final Map<String, Meaning> meanings = new HashMap<>();
    private final Map<String, String> lacking = new HashMap<>();
    private final Set<String> counters = new HashSet<>();
    private final Map<String, OwnForm> forms;

    private VariablesThere(Map<String, byte[]> published) {
        forms = published.entrySet().stream()
                .filter(file -> file.getKey().endsWith(".form"))
                .collect(Collectors.toMap(Map.Entry::getKey, file -> OwnForm.read(file.getValue())));
    }

    /** In all of a file; {@code published} is what is published with it. */
    static VariablesThere in(Element root, Map<String, byte[]> published) {
        VariablesThere all = new VariablesThere(published);
        everything(root).forEach(all::add);
        return all;
    }

    private void add(Element element) {
        product(element).ifPresent(name -> {
            meanings.put(name, ProcessVariables.OF_THE_PRODUCT.get(name));
            lacking.put(name, PASSING.getOrDefault(name, SOMEWHERE));
        });
        for (OwnForm.Field field : fields(element)) {
            Meaning meaning = field.meaning();
            if (field.isNote()) {
                lacking.put(field.key(), "is a note on record, and no variable");
            } else if (meaning != null) {
                meanings.merge(field.key(), meaning, VariablesThere::either);
                lacking.merge(
                        field.key(),
                        field.always()
                                ? SOMEWHERE
                                : "may be left empty: line " + field.line() + " of " + form(element)
                                        + " does not ask for it in any case ('required')",
                        (one, other) -> one.equals(SOMEWHERE) ? other : one);
            }
        }
        if (element.getTagName().equals("multiInstanceLoopCharacteristics")) {
            String each = camunda(element, "elementVariable");
            if (!each.isEmpty()) {
                counters.add(each);
            }
        }
    }

    /** Of one kind; where one of the two can be any word, so can both. */
    private static Meaning either(Meaning one, Meaning other) {
        Set<String> words = new HashSet<>(one.words());
        words.addAll(other.words());
        return new Meaning(one.kind(), one.words().isEmpty() || other.words().isEmpty() ? Set.of() : words);
    }

    Set<String> names() {
        return meanings.keySet();
    }

    /** What there is to know of these, which are there. */
    Map<String, Meaning> of(Set<String> names) {
        return meanings.entrySet().stream()
                .filter(known -> names.contains(known.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Why those that are not there for certain need not be. */
    Map<String, String> lacking() {
        return lacking;
    }

    /** What is there once an element has been gone through. */
    Set<String> setBy(Element element) {
        return Stream.concat(
                        product(element).stream(),
                        fields(element).stream()
                                .filter(field -> field.always() && !field.isNote() && field.meaning() != null)
                                .map(OwnForm.Field::key))
                .collect(Collectors.toSet());
    }

    private static Optional<String> product(Element element) {
        if (element.getTagName().equals("userTask")) {
            return ProcessNames.APPROVE_ACCESS.equals(element.attribute("id"))
                    ? Optional.of(ProcessVariables.LEVEL_OUTCOME)
                    : Optional.empty();
        }
        return element.getTagName().equals("serviceTask")
                ? Optional.ofNullable(ProcessVariables.SET_BY.get(bean(element)))
                : Optional.empty();
    }

    /** The step that a service task is; empty where it is none. */
    static String bean(Element element) {
        return camunda(element, "delegateExpression").replaceAll("^#\\{ ?| ?}$", "");
    }

    /** What is wrong with the form of a task beside the others of its file; null where nothing is. */
    @Nullable
    String wrongForm(Element task) {
        for (OwnForm.Field field : fields(task)) {
            Meaning known = meanings.get(field.key());
            Meaning meaning = field.meaning();
            if (counters.contains(field.key())) {
                return "the field '" + NotPublished.shown(field.key())
                        + "' of its form is called as what something here"
                        + " that runs several times is counted by; call it otherwise";
            }
            if (known != null && meaning != null && known.kind() != meaning.kind()) {
                return "the field '" + NotPublished.shown(field.key()) + "' of its form is "
                        + meaning.kind().spoken() + ", and " + known.kind().spoken() + " elsewhere in this process";
            }
        }
        return null;
    }

    private List<OwnForm.Field> fields(Element element) {
        OwnForm form = forms.get(form(element));
        return form == null ? List.of() : form.fields();
    }

    private static String form(Element element) {
        String key = camunda(element, "formKey");
        return key.startsWith(OwnForm.KEY) ? key.substring(OwnForm.KEY.length()) : "";
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

    static Stream<Element> everything(Element element) {
        return Stream.concat(Stream.of(element), element.elements().stream().flatMap(VariablesThere::everything));
    }

    static String camunda(Element element, String attribute) {
        String value = element.attributeNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, attribute);
        return value == null ? "" : value.strip();
    }
}
