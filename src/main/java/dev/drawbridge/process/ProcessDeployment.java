package dev.drawbridge.process;

import dev.drawbridge.platform.CannotStart;
import dev.drawbridge.platform.Refusal;
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
import org.camunda.bpm.engine.repository.ProcessDefinition;
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
public class ProcessDeployment {
    private static final Logger log = LoggerFactory.getLogger(ProcessDeployment.class);

    private final RepositoryService repository;
    private final Publications publications;
    private final LiveProcess live;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Path folder;

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
     * Deploys these as the server's own folder, where they are not what was deployed as that last; what the engine calls the process
     * that requests go by then. In the transaction that runs, where one does. Refuses to start with what is refused.
     */
    public String deploy(SortedMap<String, byte[]> contents) {
        return deploy(deployment(contents, true));
    }

    /** As {@link #deploy}, whatever was deployed last. */
    public String deployAnew(SortedMap<String, byte[]> contents) {
        return deploy(deployment(contents, false));
    }

    private String deploy(DeploymentBuilder deployment) {
        try {
            transaction.executeWithoutResult(status -> {
                Optional<String> before = live.deployment();
                deployment.deploy();
                tellOfAPersons(before);
            });
            return definition()
                    .orElseThrow(() -> new CannotStart(
                            "There is no process '" + ProcessNames.ACCESS_REQUEST + "' under " + folder + ".",
                            "Bring back the file that it was in, and start again."));
        } catch (ProcessEngineException | Refusal refused) {
            throw cannotStart(refused);
        }
    }

    /**
     * Deploys these, all that are to be in force, in the transaction that runs; what the engine calls the process that requests go by
     * then. Refuses, with a sentence, what would not be published.
     */
    public String publish(SortedMap<String, byte[]> contents) {
        try {
            String deployed =
                    Publishing.whole(() -> deployment(contents, false).deploy().getId());
            return live.definition()
                    .filter(process -> process.getDeploymentId().equals(deployed))
                    .orElseThrow(() -> NotPublished.because(
                            "there would be no process '" + ProcessNames.ACCESS_REQUEST + "' any more"))
                    .getId();
        } catch (ProcessEngineException refused) {
            throw NotPublished.because(
                    "the engine does not take it: " + NotPublished.shown(String.valueOf(refused.getMessage())));
        }
    }

    /** All or nothing: a process finds its forms in its own deployment alone. */
    private DeploymentBuilder deployment(SortedMap<String, byte[]> contents, boolean onlyWhereTheyHaveChanged) {
        DeploymentBuilder deployment =
                repository.createDeployment().name(LiveForms.PROCESSES).source(LiveForms.FOLDER);
        if (onlyWhereTheyHaveChanged) {
            deployment.enableDuplicateFiltering(false);
        }
        contents.forEach((name, content) -> deployment.addInputStream(name, new ByteArrayInputStream(content)));
        return deployment;
    }

    /** What the engine calls the process that requests go by; none before there is one. */
    public Optional<String> definition() {
        return live.definition().map(ProcessDefinition::getId);
    }

    /** These, and what is live instead of some of them. */
    public SortedMap<String, byte[]> withWhatIsLive(SortedMap<String, byte[]> contents) {
        return ProcessFiles.merged(contents, live.files());
    }

    /** Who published what is live: a person's id, or {@code system}. */
    public String author() {
        return live.deployment()
                .flatMap(publications::find)
                .map(Publication::by)
                .orElse("system");
    }

    /** All for which these would not be published, where {@code isNew}; else, for which they would not stay. */
    public List<LiveProcess.Finding> problems(SortedMap<String, byte[]> contents, boolean isNew) {
        return live.problems(contents, isNew);
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
    public void requireKnownWords(SortedMap<String, byte[]> contents) {
        if (Publishing.digest(live.files()).equals(Publishing.digest(contents))) {
            live.unknownWord().ifPresent(problem -> {
                throw cannotStart(problem.refused());
            });
        }
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

    private List<Path> files() {
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> ProcessFiles.isRead(file.toString()))
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            throw new CannotStart(
                    "The folder " + folder.toAbsolutePath() + " with the processes cannot be read.",
                    "Start from a folder that has processes/ and rules/, or set drawbridge.processes.");
        }
    }
}
