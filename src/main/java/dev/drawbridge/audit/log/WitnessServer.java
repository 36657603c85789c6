package dev.drawbridge.audit.log;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A witness of logs (C2SP tlog-witness): it cosigns a checkpoint only where the log that it has seen before is its beginning. In its
 * folder are its key and, for each log, the last checkpoint that it has cosigned; one witness at a time has it.
 */
public final class WitnessServer implements AutoCloseable {
    private static final int LARGEST = 64 * 1024;
    private static final int THREADS = 4;

    private final HttpServer server;
    private final FileChannel lock;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final VerifierKey key;

    private WitnessServer(HttpServer server, FileChannel lock, VerifierKey key) {
        this.server = server;
        this.lock = lock;
        this.key = key;
    }

    /**
     * Starts one.
     *
     * @param name under which it cosigns, when its key is made; afterwards that of its key counts
     * @param logs the public keys of the logs that it looks at
     * @throws IllegalStateException where another one uses the folder
     */
    public static WitnessServer start(InetSocketAddress address, Path folder, String name, List<String> logs)
            throws IOException {
        return start(address, folder, name, logs, Clock.systemUTC());
    }

    static WitnessServer start(InetSocketAddress address, Path folder, String name, List<String> logs, Clock clock)
            throws IOException {
        if (!VerifierKey.isName(name)) {
            throw new IllegalArgumentException("The name of a witness has no spaces and no plus signs.");
        }
        List<VerifierKey> keys = logs.stream().map(VerifierKey::parse).toList();
        Files.createDirectories(folder);
        FileChannel lock = lock(folder);
        try {
            SignerKey key = new LogFolder(folder)
                    .keys(() -> SignerKey.make(name, VerifierKey.WITNESS))
                    .get(0);
            WitnessedLogs witnessed = new WitnessedLogs(folder, key, keys, clock);
            HttpServer server = HttpServer.create(address, 0);
            WitnessServer started = new WitnessServer(server, lock, key.verifier());
            server.createContext("/add-checkpoint", call -> answer(call, witnessed));
            server.setExecutor(started.threads);
            server.start();
            return started;
        } catch (IOException | RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException sameProcess) {
            // Told below.
        }
        channel.close();
        throw new IllegalStateException("Another witness uses the folder " + folder + ".");
    }

    private static void answer(HttpExchange call, WitnessedLogs witnessed) throws IOException {
        try (call) {
            WitnessedLogs.Answer answer;
            if (!call.getRequestMethod().equals("POST")
                    || !call.getRequestURI().getPath().equals("/add-checkpoint")) {
                answer = new WitnessedLogs.Answer(404, "text/plain; charset=utf-8", "");
            } else {
                byte[] body = call.getRequestBody().readNBytes(LARGEST + 1);
                answer = body.length > LARGEST
                        ? new WitnessedLogs.Answer(413, "text/plain; charset=utf-8", "")
                        : witnessed.add(new String(body, StandardCharsets.UTF_8));
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            call.getResponseHeaders().set("Content-Type", answer.type());
            call.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            call.getResponseBody().write(bytes);
        }
    }

    /** Its public key, as a line. */
    public String key() {
        return key.toString();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() throws IOException {
        server.stop(1);
        threads.shutdown();
        lock.close();
    }
}
