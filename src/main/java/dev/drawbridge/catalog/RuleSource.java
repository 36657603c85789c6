package dev.drawbridge.catalog;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** Where rules are read from. */
sealed interface RuleSource {
    int LARGEST = 1_000_000;

    /** The paths of all files, in the order of their names. */
    List<Path> files();

    boolean has(Path file);

    /** Refuses what is not there, or is more than a file of rules should be. */
    byte[] content(Path file);

    /** A folder of the server. */
    record Folder(Path folder) implements RuleSource {
        @Override
        public List<Path> files() {
            try {
                return RuleFolder.files(folder);
            } catch (IOException missing) {
                throw new RulesException("The folder " + folder.toAbsolutePath()
                        + " with the rules cannot be read. Start from a folder that has"
                        + " processes/ and rules/, or set drawbridge.rules.");
            }
        }

        @Override
        public boolean has(Path file) {
            return Files.exists(folder.resolve(file), LinkOption.NOFOLLOW_LINKS);
        }

        @Override
        public byte[] content(Path file) {
            Path path = folder.resolve(file);
            // What is no file of a known length, such as a pipe, may never end.
            if (!Files.isRegularFile(path)) {
                throw missing(file);
            }
            try (InputStream in = Files.newInputStream(path)) {
                return small(file, in.readNBytes(LARGEST + 1));
            } catch (IOException unreadable) {
                throw new RulesException(file, 0, "the file cannot be read.");
            }
        }
    }

    /** What was published. */
    record Published(SortedMap<String, byte[]> contents) implements RuleSource {
        @Override
        public List<Path> files() {
            return contents.keySet().stream().map(Path::of).sorted().toList();
        }

        @Override
        public boolean has(Path file) {
            return contents.containsKey(path(file));
        }

        @Override
        public byte[] content(Path file) {
            byte[] content = contents.get(path(file));
            if (content == null) {
                throw missing(file);
            }
            return small(file, content);
        }

        private static String path(Path file) {
            return file.toString().replace(File.separatorChar, '/');
        }
    }

    private static RulesException missing(Path file) {
        return new RulesException(file, 0, "the file is missing, or is no plain file.");
    }

    private static byte[] small(Path file, byte[] content) {
        if (content.length > LARGEST) {
            throw new RulesException(file, 0, "the file is larger than " + LARGEST + " bytes.");
        }
        return content;
    }
}
