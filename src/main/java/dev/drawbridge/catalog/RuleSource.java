package dev.drawbridge.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** The folder that rules are read from. */
record RuleSource(Path folder) {
    private static final int LARGEST = 1_000_000;

    /** The paths of all files, in the order of their names. */
    List<Path> files() {
        try {
            return RuleFolder.files(folder);
        } catch (IOException missing) {
            throw new RulesException("The folder " + folder.toAbsolutePath()
                    + " with the rules cannot be read. Start from a folder that has"
                    + " processes/ and rules/, or set drawbridge.rules.");
        }
    }

    boolean has(Path file) {
        return Files.exists(folder.resolve(file), LinkOption.NOFOLLOW_LINKS);
    }

    /** Refuses what is not there, or is more than a file of rules should be. */
    byte[] content(Path file) {
        Path path = folder.resolve(file);
        // What is no file of a known length, such as a pipe, may never end.
        if (!Files.isRegularFile(path)) {
            throw new RulesException(file, 0, "the file is missing, or is no plain file.");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] content = in.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw new RulesException(file, 0, "the file is larger than " + LARGEST + " bytes.");
            }
            return content;
        } catch (IOException unreadable) {
            throw new RulesException(file, 0, "the file cannot be read.");
        }
    }
}
