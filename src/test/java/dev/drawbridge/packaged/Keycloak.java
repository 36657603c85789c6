package dev.drawbridge.packaged;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Keycloak, on loopback and in memory, with the realm of the test resources. What it builds of itself is built once. */
final class Keycloak implements AutoCloseable {
    private static final Path UNPACKED = Path.of("target", "keycloak");
    private static final Path REALM = Path.of("src", "test", "resources", "keycloak", "drawbridge-realm.json");
    private static final int PATIENCE_SECONDS = 240;

    private final int port;
    private final Process process;

    private Keycloak(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** One that tells the product at this port when a sign-in is over; skips the test where it was not fetched. */
    static Keycloak start(int told) throws IOException, InterruptedException {
        Path home = home();
        Path imported = Files.createDirectories(home.resolve("data").resolve("import"));
        Files.writeString(
                imported.resolve("drawbridge-realm.json"),
                Files.readString(REALM).replace("@port@", Integer.toString(told)));
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(
                        home.resolve("bin").resolve("kc.sh").toAbsolutePath().toString(),
                        "start-dev",
                        "--db=dev-mem",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--http-management-port=" + freePort(),
                        "--import-realm")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1", "JAVA_HOME", System.getProperty("java.home")));
        Keycloak keycloak = new Keycloak(port, builder.start());
        keycloak.awaitReady(home.resolve("log"));
        return keycloak;
    }

    private static Path home() throws IOException {
        if (!Files.isDirectory(UNPACKED)) {
            Tools.missing("Keycloak is not in " + UNPACKED);
        }
        try (Stream<Path> found = Files.list(UNPACKED)) {
            return found.filter(path -> path.getFileName().toString().startsWith("keycloak-"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    private void awaitReady(Path log) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        for (int tries = 0; tries < PATIENCE_SECONDS && process.isAlive(); tries++) {
            try {
                if (http.send(
                                        HttpRequest.newBuilder(URI.create(issuer()))
                                                .build(),
                                        HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // It listens a little later.
            }
            process.waitFor(1, TimeUnit.SECONDS);
        }
        close();
        throw new IllegalStateException("Keycloak did not start:\n" + Files.readString(log));
    }

    String issuer() {
        return "http://localhost:" + port + "/realms/drawbridge";
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
