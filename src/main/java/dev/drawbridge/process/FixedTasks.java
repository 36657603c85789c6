package dev.drawbridge.process;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Builds what people do at the tasks of an access request into the process, and that it has ended: the process's own
 * file names none of it, so that it can neither leave it out nor let it run at another time.
 */
class FixedTasks extends AbstractBpmnParseListener {
    private final ObjectProvider<FixedTask> tasks;
    private final ObjectProvider<InstanceEnd> ends;

    FixedTasks(ObjectProvider<FixedTask> tasks, ObjectProvider<InstanceEnd> ends) {
        this.tasks = tasks;
        this.ends = ends;
    }

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity process) {
        if (ProcessNames.ACCESS_REQUEST.equals(process.getKey())) {
            process.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) AskedByStarting::began);
            process.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) this::ended);
        }
    }

    private void ended(DelegateExecution execution) {
        // A deleted instance has not ended by itself: who deletes it settles what becomes of its request.
        if (!execution.isCanceled()) {
            ends.forEach(end -> end.ended(execution.getProcessInstanceId()));
        }
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        ProcessDefinitionEntity process = (ProcessDefinitionEntity) activity.getProcessDefinition();
        TaskDefinition definition = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        String key = definition.getKey();
        boolean isAgreement =
                ProcessNames.POLICY_CHANGE.equals(process.getKey()) && ProcessNames.AGREE_TO_PUBLICATION.equals(key);
        if (!ProcessNames.ACCESS_REQUEST.equals(process.getKey()) && !isAgreement) {
            return;
        }
        if (isAgreement || ProcessNames.FIXED_TASKS.contains(key)) {
            // Who gets them follows from the facts. If a process could name somebody else, that person would see what
            // is not theirs.
            definition.setAssigneeExpression(null);
            definition.getCandidateUserIdExpressions().clear();
            definition.getCandidateGroupIdExpressions().clear();
        } else if (definition.getAssigneeExpression() != null) {
            // Assigned to somebody from the beginning, it would have been claimed for another.
            definition.addCandidateUserIdExpression(definition.getAssigneeExpression());
            definition.setAssigneeExpression(null);
        }
        String known = isAgreement || ProcessNames.FIXED_TASKS.contains(key) ? key : ProcessNames.ANY_OTHER_TASK;
        on(TaskListener.EVENTNAME_CREATE, definition, task -> at(known).forEach(fixed -> fixed.created(task)));
        on(TaskListener.EVENTNAME_ASSIGNMENT, definition, task -> at(known).forEach(fixed -> fixed.assigned(task)));
        on(TaskListener.EVENTNAME_COMPLETE, definition, task -> completed(at(known), task));
        on(TaskListener.EVENTNAME_DELETE, definition, task -> at(known).forEach(fixed -> fixed.abandoned(task)));
    }

    private static void on(String event, TaskDefinition definition, TaskListener listener) {
        definition.addBuiltInTaskListener(event, listener);
    }

    private List<FixedTask> at(String known) {
        return tasks.stream().filter(fixed -> fixed.tasks().contains(known)).toList();
    }

    private static void completed(List<FixedTask> fixed, DelegateTask task) {
        if (fixed.isEmpty()) {
            return;
        }
        SignIn who = CurrentSignIn.require();
        Map<String, String> form = SentForm.take(task.getId())
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.FORBIDDEN,
                        "nobody-said-so",
                        "A task like this is completed by a person, in the call in which they say so."))
                .entrySet()
                .stream()
                .filter(field -> field.getValue() != null)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, field -> Objects.toString(field.getValue())));
        fixed.forEach(each -> each.completed(task, who, form));
    }
}
