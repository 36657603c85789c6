package dev.drawbridge.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.task.TaskDefinition;

/** What a form of Camunda Modeler asks for: what is completed with it becomes variables of the process. */
final class OwnForm {
    static final String KEY = "camunda-forms:deployment:";

    private static final ObjectMapper JSON = new ObjectMapper();

    private OwnForm() {}

    /** Of the form that a task was published with; nothing where it has none of these. */
    static Set<String> fieldsOf(CommandContext engine, TaskEntity task) {
        ProcessDefinitionEntity process = engine.getProcessEngineConfiguration()
                .getDeploymentCache()
                .findDeployedProcessDefinitionById(task.getProcessDefinitionId());
        return Optional.ofNullable(process.getTaskDefinitions().get(task.getTaskDefinitionKey()))
                .map(TaskDefinition::getFormKey)
                .map(Expression::getExpressionText)
                .filter(key -> key.startsWith(KEY))
                .map(key -> engine.getResourceManager()
                        .findResourceByDeploymentIdAndResourceName(
                                process.getDeploymentId(), key.substring(KEY.length())))
                .map(ResourceEntity::getBytes)
                .map(OwnForm::keys)
                .orElse(Set.of());
    }

    /** The keys of all its fields; none where it is no form. */
    static Set<String> keys(byte[] form) {
        try {
            return StreamSupport.stream(JSON.readTree(form).findValues("key").spliterator(), false)
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText)
                    .collect(Collectors.toSet());
        } catch (IOException notJson) {
            return Set.of();
        }
    }
}
