package dev.drawbridge.packaged;

import dev.drawbridge.testing.Parts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged product, started as a person starts it: {@code java -jar}, in a folder with processes and rules. */
public final class RunningJar implements AutoCloseable {
    private static final Path JAR = Path.of(
                    System.getProperty("drawbridge.jar", "target/drawbridge-0.1.0-SNAPSHOT.jar"))
            .toAbsolutePath();

    private final Path folder;
    private final int port = freePort();
    private final int postgresPort = freePort();
    private final List<String> options = new ArrayList<>();
    private Map<String, String> variables = Map.of();
    // It starts in half the time with one compiler, and no test runs for long enough to miss the other.
    private List<String> jvm = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");
    private Path jar = JAR;
    private Process process;
    private HttpClient http;

    private RunningJar(Path folder) {
        this.folder = folder;
    }

    /** Starts in a fresh folder with copies of {@code processes/} and {@code rules/}. */
    static RunningJar start(String... options) {
        RunningJar jar = prepare().with(options);
        jar.launch();
        return jar;
    }

    public static RunningJar prepare() {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "packaged")), "run")
                    .toAbsolutePath();
            for (String name : List.of("processes", "rules")) {
                copy(Path.of(name), folder.resolve(name));
            }
            return new RunningJar(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public RunningJar with(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /** Environment variables, instead of those that it was given before. */
    RunningJar variables(Map<String, String> all) {
        variables = all;
        return this;
    }

    /** Has these rules instead of those that are shipped. */
    RunningJar rules(Path from) throws IOException {
        Path rules = folder.resolve("rules");
        try (Stream<Path> files = Files.walk(rules)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        copy(from, rules);
        return this;
    }

    RunningJar memory(String most) {
        return jvm(List.of("-Xmx" + most, "-XX:TieredStopAtLevel=1"));
    }

    /** Other options for its JVM than those that suit a test. */
    public RunningJar jvm(List<String> all) {
        jvm = all;
        return this;
    }

    /** What is started from now on is this release: a copy of the jar under another name. */
    void replaceBy(String release) throws IOException {
        jar = Files.copy(JAR, folder.resolve(release));
    }

    /** Starts and waits until it says that it is ready. */
    public void launch() {
        String output = run();
        if (!output.contains("Drawbridge is ready")) {
            throw new IllegalStateException("It did not start:\n" + output);
        }
    }

    /** Starts and waits until it is ready or has ended; what it printed until then. */
    String run() {
        try {
            begin();
            Path log = folder.resolve("log");
            // Those that start on one database at the same moment wait for each other.
            for (int tries = 0; tries < 1200; tries++) {
                String output = Files.readString(log);
                if (output.contains("Drawbridge is ready") || !process.isAlive()) {
                    return Files.readString(log);
                }
                process.waitFor(200, TimeUnit.MILLISECONDS);
            }
            throw new IllegalStateException("It neither started nor ended:\n" + Files.readString(log));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Starts and waits for nothing. */
    public void begin() {
        http = HttpClient.newHttpClient();
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString()));
            command.addAll(jvm);
            command.addAll(List.of(
                    "-jar",
                    jar.toString(),
                    "--server.port=" + port,
                    "--drawbridge.embedded-postgres.port=" + postgresPort));
            command.addAll(options);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.to(folder.resolve("log").toFile()));
            builder.environment().putAll(variables);
            process = builder.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Throws, with what it printed, where it has ended. */
    public void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("It did not start:\n" + Files.readString(folder.resolve("log")));
        }
    }

    public long pid() {
        return process.pid();
    }

    public Path folder() {
        return folder;
    }

    public String url(String path) {
        return "http://localhost:" + port + path;
    }

    /** Where it listens, for who stands in front of it. */
    String node() {
        return "127.0.0.1:" + port;
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://localhost:" + postgresPort + "/" + database;
    }

    String superuserPassword() throws IOException {
        return Files.readString(folder.resolve("data").resolve("postgres-password"))
                .strip();
    }

    /** What a call by this account is answered. */
    String call(String who, String method, String path, String body) throws IOException, InterruptedException {
        return exchange(who, method, path, body).body();
    }

    /** As {@link #call}, with the status. */
    public HttpResponse<String> exchange(String who, String method, String path, String body)
            throws IOException, InterruptedException {
        return exchange(by(who, path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Sends a body in several parts. */
    HttpResponse<String> send(String who, String path, Parts parts) throws IOException, InterruptedException {
        return exchange(by(who, path)
                .header("Content-Type", Parts.type())
                .POST(HttpRequest.BodyPublishers.ofByteArray(parts.body())));
    }

    private HttpRequest.Builder by(String who, String path) {
        String pair = Base64.getEncoder().encodeToString((who + ":" + who).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(url(path))).header("Authorization", "Basic " + pair);
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            kill();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
