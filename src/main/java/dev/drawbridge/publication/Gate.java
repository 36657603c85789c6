package dev.drawbridge.publication;

import dev.drawbridge.process.LiveProcess;
import dev.drawbridge.process.ProcessDeployment;
import dev.drawbridge.process.ProcessFiles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Through which all files pass that are to be published while the product runs: what is wrong with them, if anything. */
@Component
class Gate {
    private static final int MOST_FILES = 500;
    private static final long MOST_BYTES = 2_000_000;
    private static final int LONGEST_PATH = 300;

    /** Of names that mean the same to each machine, and lead nowhere else. */
    private static final Pattern PATH = Pattern.compile("(rules|processes)(/[A-Za-z0-9_-][A-Za-z0-9_. -]*)+(?<![. ])");

    private final ObjectProvider<PublicationPart> parts;
    private final ProcessDeployment processes;
    private final Editions editions;
    private final PublicationInForce inForce;

    Gate(
            ObjectProvider<PublicationPart> parts,
            ProcessDeployment processes,
            Editions editions,
            PublicationInForce inForce) {
        this.parts = parts;
        this.processes = processes;
        this.editions = editions;
        this.inForce = inForce;
    }

    /**
     * What came of looking into it.
     *
     * @param edition what can be put in force; to be used where there is no problem alone
     */
    record Looked(Edition edition, List<PublicationProblem> problems) {}

    /** {@code before}: what is in force, and would be replaced. */
    Looked look(PublishedFiles files, PublishedFiles before) {
        List<PublicationProblem> problems = new ArrayList<>(ofAll(files));
        Edition edition = Edition.of(files);
        if (problems.isEmpty()) {
            problems.addAll(inForce.by(edition, () -> ofParts(files)));
            if (canBeRead(edition, problems.isEmpty())) {
                problems.addAll(inForce.by(edition, () -> ofProcesses(files, before)));
            }
        }
        return new Looked(edition, List.copyOf(problems));
    }

    /** Where it is only that cases are not met, what else is wrong is told as well. */
    private boolean canBeRead(Edition edition, boolean isFineSoFar) {
        try {
            editions.prepare(edition);
            return true;
        } catch (RuntimeException unreadable) {
            if (isFineSoFar) {
                throw unreadable;
            }
            // Which is among the problems.
            return false;
        }
    }

    /** What the files would newly allow, in sentences; nothing where the rules are the same. */
    List<String> newlyAllowed(PublishedFiles files, PublishedFiles before) {
        return files.fingerprint(PublishedFiles.RULES).equals(before.fingerprint(PublishedFiles.RULES))
                ? List.of()
                : parts.stream()
                        .flatMap(part -> part.newlyAllowed(files, before).stream())
                        .toList();
    }

    private List<PublicationProblem> ofParts(PublishedFiles files) {
        return parts.stream().flatMap(part -> part.problems(files).stream()).toList();
    }

    private List<PublicationProblem> ofProcesses(PublishedFiles files, PublishedFiles before) {
        boolean isNew =
                !files.fingerprint(PublishedFiles.PROCESSES).equals(before.fingerprint(PublishedFiles.PROCESSES));
        return processes.problems(files.in(PublishedFiles.PROCESSES), isNew).stream()
                .map(Gate::problem)
                .toList();
    }

    private static PublicationProblem problem(LiveProcess.Finding found) {
        return new PublicationProblem(PublishedFiles.PROCESSES + found.file(), found.line(), found.sentence());
    }

    /** What is wrong with their number, size and names, whatever they hold. */
    static List<PublicationProblem> bounds(PublishedFiles files) {
        List<PublicationProblem> problems = new ArrayList<>();
        if (files.byPath().size() > MOST_FILES) {
            problems.add(new PublicationProblem("", null, "There are more than " + MOST_FILES + " files together."));
        }
        if (files.byPath().values().stream()
                        .mapToLong(content -> content.length)
                        .sum()
                > MOST_BYTES) {
            problems.add(new PublicationProblem("", null, "The files are larger than 2 MB together."));
        }
        return problems;
    }

    private List<PublicationProblem> ofAll(PublishedFiles files) {
        List<PublicationProblem> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String path : files.byPath().keySet()) {
            if (!isAPath(path)) {
                problems.add(new PublicationProblem(
                        path,
                        null,
                        "The path of a file begins with rules/ or processes/, and its names are of letters, digits, blanks, '.',"
                                + " '-' and '_'."));
            } else if (!isRead(path)) {
                problems.add(new PublicationProblem(path, null, "Nothing reads a file of this name here."));
            } else if (!names.add(path.toLowerCase(Locale.ROOT))) {
                problems.add(new PublicationProblem(path, null, "Two files have this name but for capitals."));
            }
        }
        problems.addAll(bounds(files));
        return problems;
    }

    static boolean isAPath(String path) {
        return path.length() <= LONGEST_PATH && PATH.matcher(path).matches();
    }

    private boolean isRead(String path) {
        return path.startsWith(PublishedFiles.PROCESSES) && ProcessFiles.isRead(path)
                || parts.stream().anyMatch(part -> part.reads(path));
    }

    /** Whether such a file lies beside the others for people alone: it is not published. */
    boolean isANote(String path) {
        return isAPath(path) && parts.stream().anyMatch(part -> part.isANote(path))
                || path.startsWith(PublishedFiles.PROCESSES) && path.endsWith(".md");
    }
}
