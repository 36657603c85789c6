package dev.drawbridge.cli;

import dev.drawbridge.audit.log.OfflineCheck;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code java -jar drawbridge.jar verify <export or proof> [--checkpoint file] --key file [--witness-key file]}: whether entries of the
 * record are as they were sealed. Needs no server and no database.
 */
public final class VerifyCommand {
    /** The first argument that asks for it. */
    public static final String NAME = "verify";

    private static final String USAGE = "Name what to verify: java -jar drawbridge.jar verify <export or proof>"
            + " --checkpoint <file> --key <file> [--witness-key <file>]. The proof of a request has its checkpoint in it.";
    private static final int FINE = 0;
    private static final int PROBLEMS = 1;
    private static final int MISUSED = 2;

    private final PrintStream out;

    /** {@code out}: where people read what came of it. */
    public VerifyCommand(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs it.
     *
     * @param arguments those behind {@value #NAME}
     * @return how the process is to exit: 0 where all is as it was sealed, 1 where something is not, 2 where a file is missing
     */
    public int run(List<String> arguments) {
        Options options = Options.of(arguments);
        Optional<String> checkpoint = options.value("--checkpoint");
        Optional<String> key = options.value("--key");
        Optional<String> witness = options.value("--witness-key");
        if (options.others().size() != 1
                || key.isEmpty()
                || options.hasOthersThan("--checkpoint", "--key", "--witness-key")) {
            out.println(USAGE);
            return MISUSED;
        }
        try {
            OfflineCheck.Result result = OfflineCheck.of(
                    Path.of(options.others().get(0)),
                    checkpoint.isPresent() ? Files.readString(Path.of(checkpoint.get())) : "",
                    Options.lines(key.get()),
                    witness.isPresent() ? Options.lines(witness.get()) : List.of());
            result.lines().forEach(out::println);
            return result.ok() ? FINE : PROBLEMS;
        } catch (IOException unreadable) {
            out.println("A file cannot be read: " + unreadable.getMessage());
            return MISUSED;
        }
    }
}
