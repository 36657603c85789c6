package dev.drawbridge.process;

import dev.drawbridge.platform.CannotStart;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SameOnAllNodes;
import dev.drawbridge.process.Publications.Publication;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deploys processes and forms, with names relative to their folder, when something in them has changed since they were last
 * deployed. Until then what a person has published meanwhile stays live; what takes its place says so.
 */
@Component
public class ProcessDeployment implements SameOnAllNodes {
    private static final Logger log = LoggerFactory.getLogger(ProcessDeployment.class);

    /** A process and its forms, those of Camunda Modeler too; what else lies there is for people. */
    private static final List<String> PUBLISHED = List.of(".bpmn", ".html", ".form");

    private final RepositoryService repository;
    private final Publications publications;
    private final LiveProcess live;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Path folder;
    private volatile String fingerprint = "";

    ProcessDeployment(
            RepositoryService repository,
            Publications publications,
            LiveProcess live,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            @Value("${drawbridge.processes:processes}") Path folder) {
        this.repository = repository;
        this.publications = publications;
        this.live = live;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
        this.folder = folder;
    }

    /** What the folder {@code drawbridge.processes} holds, by its paths in it. */
    public SortedMap<String, byte[]> folder() {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        for (Path file : files()) {
            try {
                contents.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return contents;
    }

    /**
     * Deploys these as the server's own folder, in the transaction that runs, where one does; what the engine calls the process that
     * requests go by then. Refuses to start with what is refused.
     */
    public String deploy(SortedMap<String, byte[]> contents) {
        // All or nothing: a process finds its forms in its own deployment alone.
        DeploymentBuilder deployment = repository
                .createDeployment()
                .name(LiveForms.PROCESSES)
                .source(LiveForms.FOLDER)
                .enableDuplicateFiltering(false);
        contents.forEach((name, content) -> deployment.addInputStream(name, new ByteArrayInputStream(content)));
        fingerprint = Publishing.digest(contents);
        try {
            transaction.executeWithoutResult(status -> deploy(deployment));
            return live.definition()
                    .orElseThrow(() -> new CannotStart(
                            "There is no process '" + ProcessNames.ACCESS_REQUEST + "' under " + folder + ".",
                            "Bring back the file that it was in, and start again."))
                    .getId();
        } catch (ProcessEngineException | Refusal refused) {
            throw cannotStart(refused);
        }
    }

    private CannotStart cannotStart(RuntimeException refused) {
        return new CannotStart(
                String.valueOf(refused.getMessage()),
                "Correct the file under " + folder
                        + ", or the word in the rules that it names, and start again; what was live stays live.");
    }

    /**
     * Refuses to start where the folder is what is in force, and names a word that the rules do not have. What a person has published
     * is for that person to correct, and no reason to serve nobody.
     */
    public void requireKnownWords() {
        if (Publishing.digest(live.files()).equals(fingerprint)) {
            live.unknownWord().ifPresent(problem -> {
                throw cannotStart(problem.refused());
            });
        }
    }

    private void deploy(DeploymentBuilder deployment) {
        Optional<String> before = live.deployment();
        deployment.deploy();
        tellOfAPersons(before);
    }

    private void tellOfAPersons(Optional<String> before) {
        Optional<Publication> ofAPerson = before.flatMap(publications::find).filter(Publication::isOfAPerson);
        if (ofAPerson.isEmpty()) {
            return;
        }
        Publication theirs = ofAPerson.get();
        if (live.deployment().equals(before)) {
            log.info(
                    "What {} published at {} stays live: {} has not changed since it was last published.",
                    theirs.by(),
                    theirs.at(),
                    folder);
        } else {
            log.warn(
                    "{} has changed since it was last published, and replaces what {} published at {}.",
                    folder,
                    theirs.by(),
                    theirs.at());
            events.publishEvent(new ProcessesReplaced(theirs.by(), theirs.at(), before.get()));
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
            return files.filter(file -> PUBLISHED.stream().anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            throw new CannotStart(
                    "The folder " + folder.toAbsolutePath() + " with the processes cannot be read.",
                    "Start from a folder that has processes/ and rules/, or set drawbridge.processes.");
        }
    }
}
