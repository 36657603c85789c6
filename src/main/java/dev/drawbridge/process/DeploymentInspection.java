package dev.drawbridge.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.platform.CurrentSignIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what is neither a process nor a form, names that are more than names, and more than the engine should have to
 * read. Decisions and cases have expression languages of their own, and the engine checks no authorization for cases at all.
 */
class DeploymentInspection implements Deployer {
    private static final int MOST_FILES = 100;
    private static final int LARGEST_FILE = 1024 * 1024;
    private static final int LARGEST = 5 * LARGEST_FILE;
    private static final int LONGEST_NAME = 200;
    private static final Pattern LABEL = Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{P} +=]{0,200}");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PROCESS = Pattern.compile(".+\\.(bpmn|bpmn20\\.xml)");
    private static final Pattern KNOWN = Pattern.compile(".+\\.(bpmn|bpmn20\\.xml|html|form|png|svg)");
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_. -]*(/[A-Za-z0-9_-][A-Za-z0-9_. -]*)*");

    private final Path folder;
    private final FieldInspection fields;

    /** {@code folder} is that of the installation, whose forms are its own. */
    DeploymentInspection(Path folder, FieldInspection fields) {
        this.folder = folder;
        this.fields = fields;
    }

    @Override
    public void deploy(DeploymentEntity deployment) {
        if (!deployment.isNew()) {
            // The engine reads again, one by one, what was published earlier.
            return;
        }
        requirePlain("name", deployment.getName());
        requirePlain("source", deployment.getSource());
        if (deployment.getTenantId() != null) {
            throw NotPublished.because("there are no tenants here, so nothing is published for one");
        }
        Map<String, ResourceEntity> resources = deployment.getResources();
        if (resources.size() > MOST_FILES) {
            throw NotPublished.because(
                    resources.size() + " files are more than the " + MOST_FILES + " that go together");
        }
        resources.keySet().forEach(DeploymentInspection::requireKnown);
        Set<String> names = new HashSet<>();
        long size = 0;
        for (ResourceEntity resource : resources.values()) {
            if (!names.add(resource.getName().toLowerCase(Locale.ROOT))) {
                throw NotPublished.because("two files are called " + resource.getName() + " but for capitals");
            }
            if (resource.getName().endsWith(".form") && !isForm(resource.getBytes())) {
                throw NotPublished.because(resource.getName() + " is no form as Camunda Modeler writes it");
            }
            size += resource.getBytes().length;
            if (resource.getBytes().length > LARGEST_FILE) {
                throw NotPublished.because(resource.getName() + " is larger than 1 MB");
            }
        }
        if (size > LARGEST) {
            throw NotPublished.because("the files are larger than 5 MB together");
        }
        resources.values().stream()
                .filter(resource -> resource.getName().endsWith(".form"))
                .flatMap(form -> fields.problems(form.getName(), form.getBytes()).stream())
                .findFirst()
                .ifPresent(problem -> {
                    throw problem.refused();
                });
        if (CurrentSignIn.find().isPresent()) {
            resources.values().forEach(this::requireNoCodeForBrowsers);
        }
    }

    /**
     * HTML holds scripts, which run in the browser of everybody who opens the task, with all that this person may: an
     * approver's too. So a person publishes along the installation's own forms, and no others.
     */
    private void requireNoCodeForBrowsers(ResourceEntity resource) {
        String name = resource.getName();
        if (name.endsWith(".html") && !isLive(resource) && !isOfTheInstallation(resource.getBytes())) {
            throw NotPublished.because(name + " is none of the forms that are installed here, and HTML may run code in"
                    + " the browsers of those who open it; a form of Camunda Modeler (.form) may not");
        }
    }

    /** Whoever opens such a task has it run already. */
    private static boolean isLive(ResourceEntity resource) {
        return LiveForms.find(Context.getCommandContext(), resource.getName())
                .filter(live -> Arrays.equals(live, resource.getBytes()))
                .isPresent();
    }

    /** Whether the files are few and small enough to be read before they are inspected. */
    static boolean isOfAReadableSize(Collection<ResourceEntity> files) {
        return files.size() <= MOST_FILES
                && files.stream().allMatch(file -> file.getBytes().length <= LARGEST_FILE)
                && files.stream().mapToLong(file -> file.getBytes().length).sum() <= LARGEST;
    }

    static boolean isProcess(String name) {
        return PROCESS.matcher(name).matches();
    }

    private boolean isOfTheInstallation(byte[] content) {
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".html")).toList()) {
                if (Arrays.equals(Files.readAllBytes(file), content)) {
                    return true;
                }
            }
            return false;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isForm(byte[] content) {
        try {
            return JSON.readTree(content).path("id").isTextual();
        } catch (IOException notJson) {
            return false;
        }
    }

    private static void requirePlain(String what, @Nullable String text) {
        if (text != null && !LABEL.matcher(text).matches()) {
            throw NotPublished.because(
                    "the " + what + " of a publication is of up to 200 letters, digits, blanks and plain punctuation");
        }
    }

    private static void requireKnown(String name) {
        if (name.length() > LONGEST_NAME) {
            throw NotPublished.because(
                    NotPublished.shown(name) + " is a name of more than " + LONGEST_NAME + " characters");
        }
        if (!KNOWN.matcher(name).matches()) {
            throw NotPublished.because(
                    NotPublished.shown(name) + " is neither a process (.bpmn) nor a form (.html, .form)");
        }
        if (!PLAIN.matcher(name).matches()) {
            throw NotPublished.because("the name " + NotPublished.shown(name)
                    + " has more than letters, digits, blanks, '.', '-' and '_' between its slashes");
        }
    }
}
