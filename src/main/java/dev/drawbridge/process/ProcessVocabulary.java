package dev.drawbridge.process;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/** The beans that BPMN may name, looked up when they are used since some of them need the engine themselves. */
final class ProcessVocabulary extends AbstractMap<Object, Object> {
    /** Which words of other files a process may name. */
    enum Words {
        /** Those that are declared. */
        DECLARED,
        /** Of these, those that can come with a new request. */
        PRESENT,
        /** Those that are declared, and those that are understood for what is not over. */
        UNDERSTOOD,
        ANY
    }

    private final ListableBeanFactory beans;
    private final Words words;

    ProcessVocabulary(ListableBeanFactory beans) {
        this(beans, Words.DECLARED);
    }

    ProcessVocabulary(ListableBeanFactory beans, Words words) {
        this.beans = beans;
        this.words = words;
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

    /** What the method of a bean answers. */
    Meaning meaning(String bean, Method method) {
        return Meaning.of(method.getReturnType(), words(bean, method.getName()));
    }

    /** All that the text can be that goes with a method; none: any. */
    Set<String> words(String bean, String method) {
        return words == Words.ANY
                ? Set.of()
                : known().flatMap(known -> words(known, bean, method)).collect(Collectors.toSet());
    }

    private Stream<String> words(KnownWords known, String bean, String method) {
        Set<String> declared = known.of(bean, method);
        if (declared.isEmpty() || words == Words.DECLARED) {
            return declared.stream();
        }
        Set<String> past = known.past(bean, method);
        return words == Words.PRESENT
                ? declared.stream().filter(word -> !past.contains(word))
                : Stream.concat(declared.stream(), past.stream());
    }

    /** The groups that may be asked to do something; none where nobody says which. */
    Set<String> groups() {
        return words == Words.ANY
                ? Set.of()
                : known().flatMap(known -> known.groups().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<KnownWords> known() {
        return beans.getBeanProvider(KnownWords.class).stream();
    }

    /** The beans that an expression may ask something, in order. */
    List<String> asked() {
        return Arrays.stream(beans.getBeanNamesForAnnotation(UsedInProcess.class))
                .filter(bean -> !methods(bean).isEmpty())
                .sorted()
                .toList();
    }

    /** The beans that may stand as a {@code kind}, in order. */
    List<String> all(Class<?> kind) {
        return Arrays.stream(beans.getBeanNamesForAnnotation(UsedInProcess.class))
                .filter(bean -> offers(bean, kind))
                .sorted()
                .toList();
    }

    /** What a bean may be asked, in order. */
    List<String> methods(String bean) {
        return marker(bean) == null
                ? List.of()
                : known(type(bean)).map(Method::getName).distinct().sorted().toList();
    }

    /** The method of a bean that takes so many arguments. */
    Optional<Method> method(String bean, String method, int arguments) {
        return marker(bean) == null ? Optional.empty() : find(type(bean), method, arguments);
    }

    /** How a bean is asked: {@code asked.sensitivity(execution)}. */
    String signature(String bean, String method) {
        return known(type(bean))
                .filter(known -> known.getName().equals(method))
                .map(known -> bean + "." + method
                        + Arrays.stream(known.getParameters())
                                .map(ProcessVocabulary::shown)
                                .collect(Collectors.joining(", ", "(", ")")))
                .sorted()
                .collect(Collectors.joining(" or "));
    }

    private static String shown(Parameter parameter) {
        return parameter.getType() == DelegateExecution.class
                ? ProcessVariables.EXECUTION
                : parameter.getType() == String.class ? "'...'" : parameter.getName();
    }

    /** Whether the bean does its work in a transaction of its own alone. */
    boolean runsApart(String bean) {
        UsedInProcess marker = marker(bean);
        return marker != null && marker.apart();
    }

    /** The method to call; empty where the bean or the method is not meant for processes. */
    static Optional<Method> find(Class<?> type, String method, int arguments) {
        return known(type)
                .filter(known -> known.getName().equals(method) && known.getParameterCount() == arguments)
                .findFirst();
    }

    private static Stream<Method> known(Class<?> type) {
        Class<?> written = ClassUtils.getUserClass(type);
        return AnnotationUtils.findAnnotation(written, UsedInProcess.class) == null
                ? Stream.empty()
                : Arrays.stream(written.getMethods())
                        .filter(known -> AnnotationUtils.findAnnotation(known, UsedInProcess.class) != null);
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
