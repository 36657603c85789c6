package dev.drawbridge.audit.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The folder beside the database that holds what whoever has the database must not have: the key that signs, readable by its owner
 * alone, and the last checkpoint that was signed with it. Several nodes share one.
 */
final class LogFolder {
    private static final String KEY = "key";
    private static final String PREVIOUS = "key.previous";
    private static final String PUBLIC = "key.pub";
    private static final String CHECKPOINT = "checkpoint";

    private final Path folder;

    LogFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The key that signs, made by {@code make} where there is none yet; behind it the one before, while that is still there.
     *
     * @throws CannotSeal where it cannot be read or kept
     */
    List<SignerKey> keys(Supplier<SignerKey> make) {
        try {
            if (!Files.exists(folder.resolve(KEY))) {
                makeFolder();
                addOnce(KEY, make.get().written() + "\n");
            }
            List<SignerKey> keys = new ArrayList<>();
            keys.add(SignerKey.parse(Files.readString(folder.resolve(KEY))));
            if (Files.exists(folder.resolve(PREVIOUS))) {
                keys.add(SignerKey.parse(Files.readString(folder.resolve(PREVIOUS))));
            }
            String verifier = keys.get(0).verifier() + "\n";
            if (!read(PUBLIC).filter(verifier::equals).isPresent()) {
                replace(PUBLIC, verifier);
            }
            return keys;
        } catch (IOException | IllegalArgumentException unusable) {
            throw new CannotSeal("The key that signs the log, in " + folder
                    + " (drawbridge.audit-log.directory), cannot be used: " + unusable.getMessage());
        }
    }

    /** The last checkpoint that was signed here, as far as this folder remembers. */
    Optional<Note> lastCheckpoint() {
        try {
            return read(CHECKPOINT).map(Note::parse);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new CannotSeal("The last checkpoint, in " + folder.resolve(CHECKPOINT) + ", cannot be read: "
                    + unreadable.getMessage());
        }
    }

    void remember(Note checkpoint) {
        try {
            replace(CHECKPOINT, checkpoint.toString());
        } catch (IOException failed) {
            throw new CannotSeal(
                    "The last checkpoint cannot be kept in " + folder.resolve(CHECKPOINT) + ": " + failed.getMessage());
        }
    }

    private Optional<String> read(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    private void makeFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.toAbsolutePath());
            if (isPosix()) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    /** Whole or not at all, and never over one that another node has made meanwhile. */
    private void addOnce(String name, String text) throws IOException {
        Path whole = written(name, text);
        try {
            Files.createLink(folder.resolve(name), whole);
        } catch (FileAlreadyExistsException another) {
            // Then that one counts.
        } catch (UnsupportedOperationException noLinks) {
            Files.move(whole, folder.resolve(name));
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private void replace(String name, String text) throws IOException {
        Files.move(written(name, text), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path written(String name, String text) throws IOException {
        FileAttribute<?>[] mine = isPosix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Path file = Files.createTempFile(folder, name, ".part", mine);
        return Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
