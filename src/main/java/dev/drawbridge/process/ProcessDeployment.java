package dev.drawbridge.process;

import dev.drawbridge.platform.CannotStart;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SameOnAllNodes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Deploys the folder {@code drawbridge.processes}, with names relative to it, when something in it has changed; once all
 * listen who put it on record.
 */
@Component
class ProcessDeployment implements SmartInitializingSingleton, SameOnAllNodes {
    private final RepositoryService repository;
    private final Path folder;
    private volatile String fingerprint = "";

    ProcessDeployment(RepositoryService repository, @Value("${drawbridge.processes:processes}") Path folder) {
        this.repository = repository;
        this.folder = folder;
    }

    @Override
    public void afterSingletonsInstantiated() {
        // All or nothing: a process finds its forms in its own deployment alone.
        DeploymentBuilder deployment =
                repository.createDeployment().name("processes").source("folder").enableDuplicateFiltering(false);
        SortedMap<String, byte[]> contents = new TreeMap<>();
        for (Path file : files()) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            try {
                byte[] content = Files.readAllBytes(file);
                deployment.addInputStream(name, new ByteArrayInputStream(content));
                contents.put(name, content);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        fingerprint = Publishing.digest(contents);
        try {
            deployment.deploy();
        } catch (ProcessEngineException | Refusal refused) {
            throw new CannotStart(
                    String.valueOf(refused.getMessage()),
                    "Correct the file under " + folder + " and start again; what was live stays live.");
        }
    }

    @Override
    public String part() {
        return "processes";
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file ->
                            file.toString().endsWith(".bpmn") || file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            throw new CannotStart(
                    "The folder " + folder.toAbsolutePath() + " with the processes cannot be read.",
                    "Start from a folder that has processes/ and rules/, or set drawbridge.processes.");
        }
    }
}
