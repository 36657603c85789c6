package dev.drawbridge.catalog;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a folder with rules, whole: what was read counts from then on, even if a file changes. */
final class RuleSource {
    private static final int LARGEST = 1_000_000;

    private RuleSource() {}

    /** The contents of all files that count, by their paths in the folder; refuses what nothing reads, or is no file of rules. */
    static SortedMap<String, byte[]> read(Path folder) {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        try {
            for (Path file : RuleFolder.files(folder)) {
                if (RuleFolder.counts(file)) {
                    contents.put(file.toString().replace(File.separatorChar, '/'), content(folder, file));
                }
            }
        } catch (IOException missing) {
            throw new RulesException("The folder " + folder.toAbsolutePath()
                    + " with the rules cannot be read. Start from a folder that has"
                    + " processes/ and rules/, or set drawbridge.rules.");
        }
        return contents;
    }

    private static byte[] content(Path folder, Path file) {
        try (InputStream in = Files.newInputStream(folder.resolve(file))) {
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
