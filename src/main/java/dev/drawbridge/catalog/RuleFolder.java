package dev.drawbridge.catalog;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The files of a folder with rules. A file that nothing reads is refused: whoever wrote {@code freeze.DRL} or
 * {@code level.yaml} believes that it counts. Folders whose names begin with a dot are none of ours.
 */
final class RuleFolder extends SimpleFileVisitor<Path> {
    private static final int DEEPEST = 10;
    private static final int MOST = 5_000;

    private static final Set<String> AT_THE_TOP = Set.of(
            "catalog.yaml",
            "calendar.yaml",
            "invariants.yaml",
            "levels.yaml",
            "on-call.yaml",
            "parameters.yaml",
            "tickets.yaml");
    private static final Set<String> READ = Set.of(".drl", ".csv", ".cases.yaml");
    private static final Set<String> NOTES = Set.of(".md", ".txt");
    private static final Set<String> ELSE =
            Set.of(".gitkeep", ".keep", ".gitignore", ".gitattributes", ".editorconfig", ".DS_Store");

    private final Path folder;
    private final List<Path> found = new ArrayList<>();
    private int visited;

    private RuleFolder(Path folder) {
        this.folder = folder;
    }

    /** All of them, relative to the folder, in the order of their names. */
    static List<Path> files(Path folder) throws IOException {
        RuleFolder visitor = new RuleFolder(folder);
        // Links are followed: a folder that is mounted from elsewhere is often made of them.
        Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, visitor);
        return visitor.found.stream().sorted().toList();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        count(folder.relativize(directory));
        return !directory.equals(folder) && name(directory).startsWith(".")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        Path relative = folder.relativize(file);
        count(relative);
        if (attributes.isDirectory()) {
            throw new RulesException(relative, 0, "folders are nested more than " + DEEPEST + " deep.");
        }
        if (!attributes.isRegularFile()) {
            throw new RulesException(relative, 0, "this is no file that can be read.");
        }
        if (!isKnown(relative)) {
            throw new RulesException(
                    relative,
                    0,
                    "nothing reads this file. The names of rules end in .drl, of tables in .csv, of their cases in .cases.yaml, of notes in .md or"
                            + " .txt; at the top there are "
                            + String.join(", ", AT_THE_TOP.stream().sorted().toList()) + ".");
        }
        found.add(relative);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException unreadable) throws IOException {
        if (file.equals(folder)) {
            throw unreadable;
        }
        throw new RulesException(folder.relativize(file), 0, "this cannot be read, or leads back to where it is.");
    }

    private void count(Path file) {
        if (++visited > MOST) {
            throw new RulesException(file, 0, "there are more than " + MOST + " files and folders.");
        }
    }

    /** Whether this may lie there. */
    static boolean isKnown(Path file) {
        String name = name(file);
        return counts(file) || ELSE.contains(name) || NOTES.stream().anyMatch(name::endsWith);
    }

    /** Whether this is a file that says something to the product, and not to people alone. */
    static boolean counts(Path file) {
        String name = name(file);
        return file.getNameCount() == 1 && AT_THE_TOP.contains(name)
                || READ.stream().anyMatch(name::endsWith);
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
