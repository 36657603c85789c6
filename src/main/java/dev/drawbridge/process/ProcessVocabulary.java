package dev.drawbridge.process;

import java.lang.reflect.Method;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/** The beans that BPMN may name, looked up when they are used since some of them need the engine themselves. */
final class ProcessVocabulary extends AbstractMap<Object, Object> {
    private final ListableBeanFactory beans;

    ProcessVocabulary(ListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return FormerListener.isOne(name) || marker(name) != null;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        if (FormerListener.isOne(name)) {
            return new FormerListener();
        }
        return containsKey(name) ? beans.getBean(String.valueOf(name)) : null;
    }

    @Override
    public Set<Map.Entry<Object, Object>> entrySet() {
        return Set.of();
    }

    /** Whether what is published now may name the bean where the engine wants a {@code kind}. */
    boolean offers(String bean, Class<?> kind) {
        return marker(bean) != null && kind.isAssignableFrom(type(bean));
    }

    /** Whether what is published now may call the bean's method with so many arguments. */
    boolean offers(String bean, String method, int arguments) {
        return offers(bean, method, arguments, Object.class);
    }

    /** As {@link #offers(String, String, int)}, where an {@code answer} is wanted. */
    boolean offers(String bean, String method, int arguments, Class<?> answer) {
        return marker(bean) != null
                && find(type(bean), method, arguments)
                        .filter(known -> answer == Object.class || answer.isAssignableFrom(known.getReturnType()))
                        .isPresent();
    }

    /** Whether the bean does its work in a transaction of its own alone. */
    boolean runsApart(String bean) {
        UsedInProcess marker = marker(bean);
        return marker != null && marker.apart();
    }

    /** The method to call; empty where the bean or the method is not meant for processes. */
    static Optional<Method> find(Class<?> type, String method, int arguments) {
        Class<?> written = ClassUtils.getUserClass(type);
        if (AnnotationUtils.findAnnotation(written, UsedInProcess.class) == null) {
            return Optional.empty();
        }
        return Arrays.stream(written.getMethods())
                .filter(known -> known.getName().equals(method) && known.getParameterCount() == arguments)
                .filter(known -> AnnotationUtils.findAnnotation(known, UsedInProcess.class) != null)
                .findFirst();
    }

    private @Nullable UsedInProcess marker(@Nullable Object name) {
        return name instanceof String bean && beans.containsBean(bean)
                ? beans.findAnnotationOnBean(bean, UsedInProcess.class)
                : null;
    }

    private Class<?> type(String bean) {
        Class<?> type = beans.getType(bean);
        return type == null ? Object.class : type;
    }
}
