package dev.drawbridge.process;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.Meaning.Kind;
import java.util.Date;
import org.camunda.bpm.engine.variable.VariableMap;
import org.jspecify.annotations.Nullable;

/**
 * What a person filled a form of one's own with, held against what it asks for: the process goes on by it, and would else stop at
 * what is missing, or branch by what the form never offers.
 */
final class FilledForm {
    /** What the engine can store of a text. */
    private static final int LONGEST = 4_000;

    private FilledForm() {}

    /** Refuses what does not fit, in a sentence; a box that was not shown is not ticked. */
    static void complete(OwnForm form, VariableMap filled) {
        for (OwnForm.Field field : form.fields()) {
            Meaning meaning = field.meaning();
            if (meaning == null) {
                // An earlier release published it; what no variable can be made of is refused as such.
                continue;
            }
            Object value = filled.get(field.key());
            if (value == null && field.isBox()) {
                filled.putValue(field.key(), false);
                continue;
            }
            String wrong = value == null || "".equals(value)
                    ? field.always() ? "is to be filled in" : null
                    : wrongWith(field, meaning, value);
            if (wrong != null) {
                throw EngineFailures.told(Refusal.ofField(
                        Refusal.Kind.UNPROCESSABLE,
                        field.key(),
                        "form-not-complete",
                        "The field '" + NotPublished.shown(field.key()) + "' of this form " + wrong + "."));
            }
        }
    }

    private static @Nullable String wrongWith(OwnForm.Field field, Meaning meaning, Object value) {
        boolean fits = switch (meaning.kind()) {
            case NUMBER -> value instanceof Number;
            case TRUTH -> value instanceof Boolean;
            case MOMENT -> value instanceof String || value instanceof Date;
            default -> value instanceof String;
        };
        if (!fits) {
            return "takes "
                    + (meaning.kind() == Kind.MOMENT ? "a date" : meaning.kind().spoken());
        }
        if (!field.isNote() && value.toString().length() > LONGEST) {
            return "takes at most " + LONGEST + " characters";
        }
        return meaning.canBe(value.toString()) ? null : "takes one of " + meaning.wordsInOrder();
    }
}
