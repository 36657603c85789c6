package dev.drawbridge.process;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.RefusedAttempt;
import dev.drawbridge.platform.SignIn;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.FormServiceImpl;
import org.camunda.bpm.engine.impl.ServiceImpl;
import org.camunda.bpm.engine.impl.TaskServiceImpl;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.impl.VariableMapImpl;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;

/**
 * What a person may bring along who completes a task: the fields of its form. The engine would take any variable and lay it
 * over the process's own, where it could count approvals, or pass as the next approver's answer. What a fixed task asks for
 * never becomes a variable: it is kept for the call alone ({@link SentForm}).
 */
class FormInspection {
    private static final Map<String, Set<String>> FIELDS = Map.of(
            ProcessNames.APPROVE_ACCESS, Set.of("decision", "comment", "narrowDuration", "narrowEntitlement"),
            ProcessNames.ANSWER_QUESTION, Set.of("answer"),
            ProcessNames.USE_ACCESS, Set.of());

    /** What is said there beside what its own form asks for, which is the process's. */
    private static final Set<String> OF_A_TASK_OF_ONES_OWN = Set.of(OwnForm.NOTE);

    private static final Set<String> OF_AN_AGREEMENT = Set.of("decision", "comment");

    /** What no form of one's own asks for. */
    static final Set<String> RESERVED = Stream.concat(
                    ProcessVariables.ALL.stream(), FIELDS.values().stream().flatMap(Set::stream))
            .collect(Collectors.toUnmodifiableSet());

    private static final int LONGEST = 20_000;
    private static final String PLAIN = "' must be plain text, a number, a date, or yes or no.";

    private final ApplicationEventPublisher events;

    FormInspection(ApplicationEventPublisher events) {
        this.events = events;
    }

    TaskServiceImpl tasks() {
        return new TaskServiceImpl() {
            @Override
            public void complete(String taskId, @Nullable Map<String, Object> variables) {
                sent(this, taskId, variables, rest -> {
                    super.complete(taskId, rest);
                    return rest;
                });
            }

            @Override
            public VariableMap completeWithVariablesInReturn(
                    String taskId, @Nullable Map<String, Object> variables, boolean deserializeValues) {
                return sent(
                        this,
                        taskId,
                        variables,
                        rest -> super.completeWithVariablesInReturn(taskId, rest, deserializeValues));
            }
        };
    }

    FormServiceImpl forms() {
        return new FormServiceImpl() {
            @Override
            public void submitTaskForm(String taskId, @Nullable Map<String, Object> variables) {
                sent(this, taskId, variables, rest -> {
                    super.submitTaskForm(taskId, rest);
                    return rest;
                });
            }

            @Override
            public VariableMap submitTaskFormWithVariablesInReturn(
                    String taskId, @Nullable Map<String, Object> variables, boolean deserializeValues) {
                return sent(
                        this,
                        taskId,
                        variables,
                        rest -> super.submitTaskFormWithVariablesInReturn(taskId, rest, deserializeValues));
            }
        };
    }

    /** Completes a task with what is left once the fields that have a fixed meaning were taken out, kept for this call. */
    private VariableMap sent(
            ServiceImpl service,
            String taskId,
            @Nullable Map<String, Object> variables,
            Function<VariableMap, VariableMap> complete) {
        VariableMap rest = variables instanceof VariableMap typed
                ? new VariableMapImpl((VariableMapImpl) typed)
                : new VariableMapImpl(variables == null ? Map.of() : variables);
        Optional<SignIn> signIn = CurrentSignIn.find();
        // Without asking what the person may see of it: the engine asks only for the right to complete it.
        TaskEntity task = signIn.isEmpty()
                ? null
                : service.getCommandExecutor()
                        .execute(context -> context.getTaskManager().findTaskById(taskId));
        if (task == null) {
            return complete.apply(rest);
        }
        Set<String> ofThisForm = fieldsOf(task);
        if (isOneOfOnesOwn(task)) {
            OwnForm own = service.getCommandExecutor().execute(context -> OwnForm.of(context, task));
            check(signIn.get(), ofThisForm, name -> own.find(name).isPresent(), rest);
            FilledForm.complete(own, rest);
        } else {
            check(signIn.get(), ofThisForm, name -> !isOfARequest(task) && !isOfAPolicyChange(task), rest);
        }
        Map<String, Object> fields = new HashMap<>(rest);
        fields.keySet().retainAll(ofThisForm);
        fields.keySet().forEach(rest::remove);
        return SentForm.during(new SentForm(taskId, fields), () -> complete.apply(rest));
    }

    private static Set<String> fieldsOf(TaskEntity task) {
        if (isOfAPolicyChange(task)) {
            return ProcessNames.AGREE_TO_PUBLICATION.equals(task.getTaskDefinitionKey()) ? OF_AN_AGREEMENT : Set.of();
        }
        return FIELDS.getOrDefault(
                String.valueOf(task.getTaskDefinitionKey()), isOfARequest(task) ? OF_A_TASK_OF_ONES_OWN : Set.of());
    }

    private static boolean isOfARequest(TaskEntity task) {
        return String.valueOf(task.getProcessDefinitionId()).startsWith(ProcessNames.ACCESS_REQUEST + ":");
    }

    private static boolean isOfAPolicyChange(TaskEntity task) {
        return String.valueOf(task.getProcessDefinitionId()).startsWith(ProcessNames.POLICY_CHANGE + ":");
    }

    private static boolean isOneOfOnesOwn(TaskEntity task) {
        return isOfARequest(task) && !FIELDS.containsKey(String.valueOf(task.getTaskDefinitionKey()));
    }

    /**
     * {@code asked} is what becomes a variable where the task is completed: nothing at the tasks of the house; elsewhere in the process
     * of a request what the task's own form asks for. Else whoever has a task of it could answer for somebody who had another.
     */
    private void check(SignIn signIn, Set<String> ofTheForm, Predicate<String> asked, VariableMap variables) {
        for (String name : variables.keySet()) {
            String wrong = wrongWith(ofTheForm.contains(name), asked.test(name), name, variables);
            if (wrong != null) {
                Refusals.tell(Refusal.of(Refusal.Kind.FORBIDDEN, "not-a-form-field", wrong));
                events.publishEvent(new RefusedAttempt(signIn.person(), "not-a-form-field", wrong, null));
                throw new AuthorizationException(wrong);
            }
        }
    }

    private static @Nullable String wrongWith(
            boolean ofThisForm, boolean isAskedFor, String name, VariableMap variables) {
        if (!ofThisForm && (!isAskedFor || RESERVED.contains(name))) {
            return "'" + name + "' is not a field of this form.";
        }
        if (variables.getValueTyped(name) instanceof SerializableValue) {
            return "'" + name + PLAIN;
        }
        Object value = variables.get(name);
        if (ofThisForm) {
            // The reader of the field checks its length, and says so in a sentence.
            return value == null || value instanceof String ? null : "'" + name + "' must be plain text.";
        }
        return notPlain(name, value);
    }

    /** What is wrong with a value sent under this name, where it would become a variable of the process. */
    static @Nullable String notPlain(String name, TypedValue typed) {
        return typed instanceof SerializableValue ? "'" + name + PLAIN : notPlain(name, typed.getValue());
    }

    private static @Nullable String notPlain(String name, @Nullable Object value) {
        if (value instanceof String text && text.length() > LONGEST) {
            return "'" + name + "' has more than " + LONGEST + " characters.";
        }
        return value == null
                        || value instanceof String
                        || value instanceof Number
                        || value instanceof Boolean
                        || value instanceof Date
                ? null
                : "'" + name + PLAIN;
    }
}
