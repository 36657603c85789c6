package dev.drawbridge.process;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import java.beans.FeatureDescriptor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Date;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ExpressionFactory;
import org.camunda.bpm.impl.juel.jakarta.el.MethodNotFoundException;
import org.camunda.bpm.impl.juel.jakarta.el.PropertyNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * All that an expression can reach: the beans that are meant for processes, of those the methods that are, and plain
 * variables, to be read. Nothing has a property, and nothing else has a method.
 */
class VocabularyResolver extends ELResolver {
    private static final String EXECUTION = "execution";

    private final ProcessVocabulary vocabulary;

    VocabularyResolver(ProcessVocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    @Override
    public @Nullable Object getValue(ELContext context, @Nullable Object base, Object property) {
        if (base != null) {
            throw new PropertyNotFoundException("'" + property + "' is not part of what processes may use.");
        }
        // A bean comes before a variable: a variable must not replace a bean.
        Object bean = vocabulary.get(property);
        Object found = bean == null ? variable(context, String.valueOf(property)) : bean;
        if (found == null) {
            throw cannotGoOn("asks for '" + property + "', which is not there");
        }
        context.setPropertyResolved(true);
        return found;
    }

    /** A sentence for the person who moved the process on. */
    private static Refusal cannotGoOn(String why) {
        Refusal refusal = Refusal.of(
                Refusal.Kind.CONFLICT,
                "process-cannot-go-on",
                "The process " + NotPublished.shown(why)
                        + ", so nothing of this was done. Please tell the process owners.");
        Refusals.tell(refusal);
        return refusal;
    }

    private static @Nullable Object variable(ELContext context, String name) {
        Object scope = context.getContext(VariableScope.class);
        if (!(scope instanceof VariableScope variables)) {
            return null;
        }
        if (name.equals(EXECUTION)) {
            return scope instanceof TaskEntity task
                    ? task.getExecution()
                    : scope instanceof ExecutionEntity ? scope : null;
        }
        Object value = variables.hasVariable(name) ? variables.getVariable(name) : null;
        return isPlain(value) ? value : null;
    }

    private static boolean isPlain(@Nullable Object value) {
        return value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Date
                || value instanceof Collection<?> several && several.stream().allMatch(VocabularyResolver::isPlain);
    }

    @Override
    public @Nullable Object invoke(
            ELContext context,
            @Nullable Object base,
            Object method,
            Class<?> @Nullable [] types,
            @Nullable Object @Nullable [] arguments) {
        Object[] given = arguments == null ? new Object[0] : arguments;
        Optional<Method> known = base == null
                ? Optional.empty()
                : ProcessVocabulary.find(base.getClass(), String.valueOf(method), given.length);
        if (base == null || known.isEmpty()) {
            throw new MethodNotFoundException("'" + method + "' is not part of what processes may use.");
        }
        try {
            Object result = known.get().invoke(base, coerced(context, known.get(), given));
            context.setPropertyResolved(true);
            return result;
        } catch (InvocationTargetException failed) {
            if (failed.getTargetException() instanceof NoSuchElementException
                    || failed.getTargetException() instanceof IndexOutOfBoundsException) {
                // An end of access that was never given, a level that nobody asks for.
                throw cannotGoOn("asks '" + method + "' of what is not there");
            }
            throw new ELException(failed.getTargetException());
        } catch (IllegalAccessException impossible) {
            throw new ELException(impossible);
        }
    }

    private static Object[] coerced(ELContext context, Method method, @Nullable Object[] given) {
        ExpressionFactory factory = (ExpressionFactory) context.getContext(ExpressionFactory.class);
        Object[] arguments = new Object[given.length];
        for (int i = 0; i < given.length; i++) {
            Class<?> type = method.getParameterTypes()[i];
            arguments[i] = type.isInstance(given[i]) ? given[i] : factory.coerceToType(given[i], type);
        }
        return arguments;
    }

    @Override
    public boolean isReadOnly(ELContext context, @Nullable Object base, Object property) {
        return true;
    }

    @Override
    public void setValue(ELContext context, @Nullable Object base, Object property, @Nullable Object value) {
        throw new PropertyNotFoundException("Processes set nothing by an expression.");
    }

    @Override
    public Class<?> getType(ELContext context, @Nullable Object base, Object property) {
        return Object.class;
    }

    @Override
    public Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
        return Object.class;
    }

    @Override
    public @Nullable Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, @Nullable Object base) {
        return null;
    }
}
