package dev.drawbridge.process;

import dev.drawbridge.process.Meaning.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks at what a form of one's own asks for: nobody is to meet a task that they can never complete. */
final class FieldInspection {
    private static final int MOST = 200;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,60}");

    private final ProcessVocabulary vocabulary;

    FieldInspection(ProcessVocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** What is wrong with a form, in the order of its fields. */
    List<Problem> problems(String file, byte[] content) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Integer> before = new HashMap<>();
        for (OwnForm.Field field : OwnForm.read(content).fields()) {
            String wrong = wrongWith(field);
            Integer other = before.putIfAbsent(field.key(), field.line());
            if (wrong == null && other != null) {
                wrong = "is there already, in line " + other;
            }
            if (wrong == null && before.size() > MOST) {
                wrong = "is one more than the " + MOST + " that a form may have";
            }
            if (wrong != null) {
                problems.add(new Problem(
                        file, field.line(), null, "the field '" + NotPublished.shown(field.key()) + "' " + wrong));
            }
        }
        return problems;
    }

    private @Nullable String wrongWith(OwnForm.Field field) {
        String key = field.key();
        if (FormInspection.RESERVED.contains(key)
                || key.equals(ProcessVariables.EXECUTION)
                || vocabulary.containsKey(key)) {
            return "is called as something of the product's own; call it otherwise";
        }
        if (!NAME.matcher(key).matches()) {
            return "is called by more than letters, digits and '_', so no variable can be made of it";
        }
        Meaning meaning = field.meaning();
        if (meaning == null) {
            return field.type().equals("select") || field.type().equals("radio")
                    ? "has no options that are written out in the form as texts, or is asked for several times"
                    : "is of a kind that no variable can be made of, '" + NotPublished.shown(field.type())
                            + "', or is asked for several times; there are textfield, textarea, number, checkbox,"
                            + " select, radio and datetime";
        }
        return field.isNote() && meaning.kind() != Kind.TEXT
                ? "is the note on record, which is a text; call it otherwise, or make it a text"
                : null;
    }
}
