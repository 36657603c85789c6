package dev.drawbridge.process;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;

/**
 * Refuses what is neither a process nor a form, and a process whose forms are missing. Decisions and cases have expression languages of their own, and the
 * engine checks no authorization for cases at all.
 */
class DeploymentInspection implements Deployer {
    private static final Pattern FORM = Pattern.compile("formKey=\"embedded:deployment:([^\"]+)\"");
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
        if (!deployment.isNew()) {
            // The engine reads again, one by one, what was published earlier.
            return;
        }
        resources.values().stream()
                .filter(resource -> resource.getName().matches(".+\\.bpmn(20\\.xml)?"))
                .forEach(process -> requireForms(process, resources.keySet()));
    }

    /** Whoever opened such a form would find nothing there. */
    private static void requireForms(ResourceEntity process, Set<String> published) {
        Matcher forms = FORM.matcher(new String(process.getBytes(), StandardCharsets.UTF_8));
        while (forms.find()) {
            if (!published.contains(forms.group(1))) {
                throw new ProcessEngineException("Not published: " + process.getName() + " names the form "
                        + forms.group(1) + ", which is not published with it under that name.");
            }
        }
    }
}
