package dev.drawbridge.process;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.ProcessVocabulary.Words;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.repository.Resource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * The process of a request that is in force, held against the words of now. The files beside it change while it stays: a
 * condition on what an entitlement was called before would be as if it were not there, and nobody would hear of it.
 */
@Component
public class LiveProcess {
    private final ListableBeanFactory beans;
    private final RepositoryService repository;
    private final Acting acting;

    LiveProcess(ListableBeanFactory beans, @Lazy RepositoryService repository, Acting acting) {
        this.beans = beans;
        this.repository = repository;
        this.acting = acting;
    }

    /**
     * For what it would not be published now.
     *
     * @param line from 1
     */
    public record Finding(String file, int line, String sentence) {}

    /** What there is to tell of it at this moment, in the order of its files. */
    public List<Finding> findings() {
        SortedMap<String, byte[]> files = files();
        List<Problem> ofOtherThanWords = problems(files, Words.ANY);
        List<Problem> unknown = problems(files, Words.UNDERSTOOD);
        return problems(files, Words.PRESENT).stream()
                .map(problem -> {
                    String follows = isAmong(ofOtherThanWords, problem)
                            ? "It would not be published like this any more; what it does is as it was."
                            : isAmong(unknown, problem)
                                    ? "No new request is like that: correct it, and publish the process anew."
                                    : "It is retired, or has left the catalog and is not over yet: no new request is"
                                            + " like that. Correct it, and publish the process anew.";
                    return new Finding(problem.file(), problem.line(), sentence(problem) + " " + follows);
                })
                .toList();
    }

    /** As {@link ProcessDeployment#problems}. */
    List<Finding> problems(SortedMap<String, byte[]> files, boolean isNew) {
        List<Problem> ofOtherThanWords = isNew ? List.of() : problems(files, Words.ANY);
        return problems(files, isNew ? Words.DECLARED : Words.UNDERSTOOD).stream()
                .filter(problem -> !isAmong(ofOtherThanWords, problem))
                .map(problem -> new Finding(problem.file(), problem.line(), sentence(problem)))
                .toList();
    }

    private static String sentence(Problem problem) {
        String why = problem.why();
        return why.substring(0, 1).toUpperCase(Locale.ROOT) + why.substring(1)
                + (problem.id() == null ? "" : " (" + NotPublished.shown(problem.id()) + ")") + ".";
    }

    /** The first word in it that no file declares, and that is not even understood for what is not over. */
    Optional<Problem> unknownWord() {
        SortedMap<String, byte[]> files = files();
        List<Problem> ofOtherThanWords = problems(files, Words.ANY);
        return problems(files, Words.UNDERSTOOD).stream()
                .filter(problem -> !isAmong(ofOtherThanWords, problem))
                .findFirst();
    }

    private static boolean isAmong(List<Problem> problems, Problem one) {
        return problems.stream().anyMatch(one::isAtThePlaceOf);
    }

    private List<Problem> problems(Map<String, byte[]> files, Words words) {
        ProcessVocabulary vocabulary = new ProcessVocabulary(beans, words);
        ProcessInspection processes = new ProcessInspection(vocabulary);
        FieldInspection fields = new FieldInspection(vocabulary);
        List<Problem> problems = new ArrayList<>();
        files.forEach((name, content) -> {
            if (DeploymentInspection.isProcess(name)) {
                problems.addAll(problems(processes, name, content, files));
            } else if (name.endsWith(".form")) {
                problems.addAll(fields.problems(name, content));
            }
        });
        return problems;
    }

    private static List<Problem> problems(
            ProcessInspection processes, String name, byte[] content, Map<String, byte[]> files) {
        ProcessReader.Read read;
        try {
            read = ProcessReader.read(name, new ByteArrayInputStream(content));
        } catch (Refusal unreadable) {
            // An earlier release could read it.
            return List.of(new Problem(name, 1, null, unreadable.sentence().replaceAll("[.\\s]+$", "")));
        }
        return processes.problems(name, read, files);
    }

    /** As it was published last. */
    Optional<ProcessDefinition> definition() {
        return acting.asEngine(() -> Optional.ofNullable(repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(ProcessNames.ACCESS_REQUEST)
                .latestVersion()
                .singleResult()));
    }

    /** What it was published with last, by the engine's id. */
    Optional<String> deployment() {
        return definition().map(ProcessDefinition::getDeploymentId);
    }

    /** With the process, by their names. */
    SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        deployment()
                .ifPresent(id -> acting.asEngine(() -> {
                    for (Resource file : repository.getDeploymentResources(id)) {
                        try (InputStream content = repository.getResourceAsStreamById(id, file.getId())) {
                            files.put(file.getName(), content.readAllBytes());
                        } catch (IOException unreadable) {
                            throw new UncheckedIOException(unreadable);
                        }
                    }
                }));
        return files;
    }
}
