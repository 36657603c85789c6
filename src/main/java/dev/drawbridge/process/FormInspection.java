package dev.drawbridge.process;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.RefusedAttempt;
import dev.drawbridge.platform.SignIn;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.FormServiceImpl;
import org.camunda.bpm.engine.impl.ServiceImpl;
import org.camunda.bpm.engine.impl.TaskServiceImpl;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;

/**
 * What a person may bring along who completes a task: the fields of its form. The engine would take any variable and lay it
 * over the process's own, where it could count approvals, or pass as the next approver's answer.
 */
class FormInspection {
    private static final Map<String, Set<String>> FIELDS = Map.of(
            ProcessNames.APPROVE_ACCESS, Set.of("decision", "comment", "narrowDuration", "narrowEntitlement"),
            ProcessNames.ANSWER_QUESTION, Set.of("answer"),
            ProcessNames.USE_ACCESS, Set.of());

    /** What the process itself counts and branches by. */
    private static final Set<String> OF_THE_PROCESS = Set.of(
            "level",
            "levelOutcome",
            "verdict",
            "endReason",
            "loopCounter",
            "nrOfInstances",
            "nrOfActiveInstances",
            "nrOfCompletedInstances");

    private static final Set<String> RESERVED = Stream.concat(
                    OF_THE_PROCESS.stream(), FIELDS.values().stream().flatMap(Set::stream))
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
                check(this, taskId, variables);
                super.complete(taskId, variables);
            }

            @Override
            public VariableMap completeWithVariablesInReturn(
                    String taskId, @Nullable Map<String, Object> variables, boolean deserializeValues) {
                check(this, taskId, variables);
                return super.completeWithVariablesInReturn(taskId, variables, deserializeValues);
            }
        };
    }

    FormServiceImpl forms() {
        return new FormServiceImpl() {
            @Override
            public void submitTaskForm(String taskId, @Nullable Map<String, Object> variables) {
                check(this, taskId, variables);
                super.submitTaskForm(taskId, variables);
            }

            @Override
            public VariableMap submitTaskFormWithVariablesInReturn(
                    String taskId, @Nullable Map<String, Object> variables, boolean deserializeValues) {
                check(this, taskId, variables);
                return super.submitTaskFormWithVariablesInReturn(taskId, variables, deserializeValues);
            }
        };
    }

    private void check(ServiceImpl service, String taskId, @Nullable Map<String, Object> variables) {
        Optional<SignIn> signIn = CurrentSignIn.find();
        if (signIn.isEmpty() || variables == null || variables.isEmpty()) {
            return;
        }
        // Whatever the person may see of it: the engine asks for the right to complete it, and for no other.
        TaskEntity task = service.getCommandExecutor()
                .execute(context -> context.getTaskManager().findTaskById(taskId));
        if (task == null) {
            return;
        }
        for (String name : variables.keySet()) {
            String wrong = wrongWith(String.valueOf(task.getTaskDefinitionKey()), name, variables);
            if (wrong != null) {
                events.publishEvent(new RefusedAttempt(signIn.get().person(), "not-a-form-field", wrong, null));
                // Of all that the engine may throw, this is what its doors pass on with its words.
                throw new AuthorizationException(wrong);
            }
        }
    }

    private static @Nullable String wrongWith(String task, String name, Map<String, Object> variables) {
        boolean ofThisForm = FIELDS.getOrDefault(task, Set.of()).contains(name);
        if (!ofThisForm && RESERVED.contains(name)) {
            return "'" + name + "' is not a field of this form.";
        }
        if (variables instanceof VariableMap typed && typed.getValueTyped(name) instanceof SerializableValue) {
            return "'" + name + PLAIN;
        }
        Object value = variables.get(name);
        if (ofThisForm) {
            // How long it may be is for whoever reads the field, who says so in a sentence.
            return value == null || value instanceof String ? null : "'" + name + "' must be plain text.";
        }
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
