package dev.drawbridge.cli;

import dev.drawbridge.audit.log.WitnessServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code java -jar drawbridge.jar witness --log <key file> [--folder folder] [--name name] [--address address] [--port port]}: cosigns the
 * checkpoints of a log, as long as the log only grows. Loopback unless told otherwise.
 */
public final class WitnessCommand {
    /** The first argument that asks for it. */
    public static final String NAME = "witness";

    private static final String USAGE = "Name the public key of the log: java -jar drawbridge.jar witness --log <file>"
            + " [--folder <folder>] [--name <name>] [--address <address>] [--port <port>]";
    private static final String PORT = "8090";
    private static final int STARTED = 0;
    private static final int MISUSED = 2;

    private final PrintStream out;

    /** {@code out}: where its public key is told. */
    public WitnessCommand(PrintStream out) {
        this.out = out;
    }

    /**
     * Starts it; it runs until the process ends.
     *
     * @param arguments those behind {@value #NAME}
     * @return 0 where it runs, 2 where it could not be started
     */
    public int run(List<String> arguments) {
        Options options = Options.of(arguments);
        Optional<String> log = options.value("--log");
        if (log.isEmpty()
                || !options.others().isEmpty()
                || options.hasOthersThan("--log", "--folder", "--name", "--address", "--port")) {
            out.println(USAGE);
            return MISUSED;
        }
        try {
            WitnessServer witness = WitnessServer.start(
                    new InetSocketAddress(
                            options.value("--address").orElse("127.0.0.1"),
                            Integer.parseInt(options.value("--port").orElse(PORT))),
                    Path.of(options.value("--folder").orElse("witness")),
                    options.value("--name").orElse("drawbridge-witness"),
                    Options.lines(log.get()));
            out.println("The witness listens on port " + witness.port()
                    + ". Its public key, for drawbridge.audit-log.witness-key:");
            out.println(witness.key());
            return STARTED;
        } catch (IOException | IllegalArgumentException | IllegalStateException failed) {
            out.println("The witness could not be started: " + failed.getMessage());
            return MISUSED;
        }
    }
}
