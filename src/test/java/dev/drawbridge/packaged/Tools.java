package dev.drawbridge.packaged;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that a test needs beyond a JDK: without them it is skipped with a line that says so, in CI it fails. */
final class Tools {
    private Tools() {}

    static Optional<Path> find(String... names) {
        return Stream.of(names)
                // Not everybody has the last one on their path, and Debian keeps servers there.
                .flatMap(name -> Stream.of(
                                (System.getenv("PATH") + File.pathSeparator + "/usr/sbin").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Path require(String name) {
        return find(name).orElseGet(() -> {
            missing(name + " is not on the PATH");
            throw new IllegalStateException("not reached");
        });
    }

    static void missing(String what) {
        System.out.println("SKIPPED: " + what + ".");
        if ("true".equals(System.getenv("CI"))) {
            fail(what + ", and in CI nothing is skipped");
        }
        abort(what);
    }
}
