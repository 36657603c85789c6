package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.Network;
import dev.drawbridge.catalog.Sensitivity;
import dev.drawbridge.catalog.TimesOfDay;
import dev.drawbridge.directory.Employment;
import dev.drawbridge.guardrails.ConstraintMeaning.Slots;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import dev.drawbridge.guardrails.facts.Asked;
import dev.drawbridge.guardrails.facts.Moment;
import dev.drawbridge.guardrails.facts.Requester;
import dev.drawbridge.guardrails.facts.SignedIn;
import java.lang.reflect.Method;
import java.time.DayOfWeek;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one side of a comparison means, of facts of one kind. */
final class OperandMeaning {
    /** What it is worth. */
    interface Worth {
        @Nullable
        Object of(Object fact, @Nullable Object[] names);
    }

    private final Fact fact;
    private final Slots slots;

    OperandMeaning(Fact fact, Slots slots) {
        this.fact = fact;
        this.slots = slots;
    }

    Worth of(Operand operand) {
        if (operand instanceof Operand.Property property) {
            return property(property.word());
        }
        if (operand instanceof Operand.Lasting lasting) {
            return (one, names) -> length(lasting.word(), one).compareTo(lasting.than()) > 0;
        }
        if (operand instanceof Operand.Belonging belonging) {
            return (one, names) -> ((Requester) one).groups().contains(belonging.group());
        }
        if (operand instanceof Operand.Within within) {
            Network network = Network.parse(within.network());
            return (one, names) -> network.holds(((SignedIn) one).address());
        }
        if (operand instanceof Operand.Between between) {
            TimesOfDay times = TimesOfDay.parse(between.times());
            return (one, names) -> times.hold(((Moment) one).time());
        }
        if (operand instanceof Operand.Named named) {
            int slot = slots.of(named.name());
            return (one, names) -> names[slot];
        }
        Object literal = literal(operand);
        return (one, names) -> literal;
    }

    private static Duration length(String word, Object fact) {
        return switch (word) {
            case "longerThan" -> ((Asked) fact).duration();
            case "startsAfter" -> ((Asked) fact).startsIn();
            default -> ((SignedIn) fact).age();
        };
    }

    private Worth property(String word) {
        try {
            Method method = Class.forName(Asked.class.getPackageName() + "." + fact.word)
                    .getMethod(word);
            return (one, names) -> read(method, one);
        } catch (ReflectiveOperationException unknown) {
            throw new IllegalStateException(unknown);
        }
    }

    private static @Nullable Object read(Method method, Object fact) {
        try {
            return method.invoke(fact);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Object literal(Operand operand) {
        if (operand instanceof Operand.Text text) {
            return text.value();
        }
        if (operand instanceof Operand.Number number) {
            return number.value();
        }
        if (operand instanceof Operand.Truth truth) {
            return truth.value();
        }
        Operand.Constant constant = (Operand.Constant) operand;
        return switch (constant.type()) {
            case "Sensitivity" -> Sensitivity.valueOf(constant.name());
            case "AccessLevel" -> AccessLevel.valueOf(constant.name());
            case "Employment" -> Employment.valueOf(constant.name());
            default -> DayOfWeek.valueOf(constant.name());
        };
    }
}
