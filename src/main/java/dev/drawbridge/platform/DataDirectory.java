package dev.drawbridge.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The folder that holds the embedded PostgreSQL: one application at a time, and readable by its owner alone. */
record DataDirectory(Path postgres, Path passwordFile, String password, FileChannel lockFile) implements AutoCloseable {

    /** Takes the folder, made where it is missing; refuses one that another application has taken. */
    static DataDirectory take(Path folder) throws IOException {
        createPrivate(folder);
        FileChannel lock = lock(folder);
        Path postgres = folder.resolve("postgres");
        createPrivate(postgres);
        Path passwordFile = ensurePassword(folder);
        return new DataDirectory(
                postgres, passwordFile, Files.readString(passwordFile).strip(), lock);
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    @Override
    public String toString() {
        return "DataDirectory[" + postgres + "]";
    }

    private static FileChannel lock(Path dataDirectory) throws IOException {
        FileChannel channel =
                FileChannel.open(dataDirectory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new CannotStart(
                    "Another Drawbridge uses the data directory " + dataDirectory.toAbsolutePath() + ".",
                    "Stop it, or set drawbridge.data-directory to another folder.");
        }
        return channel;
    }

    private static Path ensurePassword(Path dataDirectory) throws IOException {
        Path file = dataDirectory.resolve("postgres-password");
        if (!Files.exists(file)) {
            if (isPosix()) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(file, secret() + "\n");
        }
        return file;
    }

    private static void createPrivate(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Files.createDirectories(directory);
        if (isPosix()) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    static String secret() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
