package dev.drawbridge.process;

import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.camunda.bpm.engine.repository.Deployment;

/** The forms that are live: with the process in force, or else with the server's own folder as it was published last. */
final class LiveForms {
    /** What the folder is published as, and nobody else's work may be. */
    static final String FOLDER = "folder";

    static final String PROCESSES = "processes";

    private LiveForms() {}

    static Optional<byte[]> find(CommandContext engine, String path) {
        return Stream.of(inForce(engine, path), inTheFolder(engine, path))
                .flatMap(Optional::stream)
                .map(ResourceEntity::getBytes)
                .findFirst();
    }

    private static Optional<ResourceEntity> inForce(CommandContext engine, String path) {
        ProcessDefinitionEntity live =
                engine.getProcessDefinitionManager().findLatestProcessDefinitionByKey(ProcessNames.ACCESS_REQUEST);
        return Optional.ofNullable(live)
                .map(process -> engine.getResourceManager()
                        .findResourceByDeploymentIdAndResourceName(process.getDeploymentId(), path));
    }

    private static Optional<ResourceEntity> inTheFolder(CommandContext engine, String path) {
        // Of the last time alone: what has been taken out of the folder since is not brought back.
        return latest(engine)
                .map(deployment -> engine.getResourceManager()
                        .findResourceByDeploymentIdAndResourceName(deployment.getId(), path));
    }

    private static Optional<Deployment> latest(CommandContext engine) {
        return engine.runWithoutAuthorization(() -> engine
                .getProcessEngineConfiguration()
                .getRepositoryService()
                .createDeploymentQuery()
                .deploymentName(PROCESSES)
                .deploymentSource(FOLDER)
                .orderByDeploymentTime()
                .desc()
                .listPage(0, 1)
                .stream()
                .findFirst());
    }
}
