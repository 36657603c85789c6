package dev.drawbridge.process;

import java.util.Map;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;

/**
 * Refuses what is neither a process nor a form. Decisions and cases have expression languages of their own, and the
 * engine checks no authorization for cases at all.
 */
class DeploymentInspection implements Deployer {
    private static final Pattern KNOWN = Pattern.compile(".+\\.(bpmn|bpmn20\\.xml|html|form|png|svg)");

    @Override
    public void deploy(DeploymentEntity deployment) {
        Map<String, ResourceEntity> resources = deployment.getResources();
        for (String name : resources.keySet()) {
            if (!KNOWN.matcher(name).matches()) {
                throw new ProcessEngineException(
                        "Not published: " + name + " is neither a process (.bpmn) nor a form (.html, .form).");
            }
        }
    }
}
