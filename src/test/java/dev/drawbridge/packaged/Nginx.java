package dev.drawbridge.packaged;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real nginx with the configuration that is shipped, before one node or two, on a port of its own. */
final class Nginx implements AutoCloseable {
    private static final Path SHIPPED = Path.of("src", "docker", "nginx.conf");
    private static final String SECRET = "only-for-this-test";

    private final Path folder;
    private final Process process;
    private final int port;
    private final boolean tls;

    private Nginx(Path folder, Process process, int port, boolean tls) {
        this.folder = folder;
        this.process = process;
        this.port = port;
        this.tls = tls;
    }

    static Nginx start(int port, String node, boolean tls) throws Exception {
        return start(port, List.of(node, node), tls, "");
    }

    /** Before two nodes, with more lines of one's own for all of it. */
    static Nginx start(int port, List<String> nodes, boolean tls, String more) throws Exception {
        Path nginx = Tools.require("nginx");
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "packaged")), "nginx")
                .toAbsolutePath();
        String listens = "listen 127.0.0.1:" + port + ";";
        if (tls) {
            certify(folder);
            listens = "listen 127.0.0.1:" + port + " ssl; ssl_certificate " + folder + "/certificate.pem;"
                    + " ssl_certificate_key " + folder + "/key.pem;";
        }
        StringBuilder own = new StringBuilder("http {\n access_log off;\n" + more);
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            own.append(' ')
                    .append(kind)
                    .append("_temp_path ")
                    .append(folder)
                    .append('/')
                    .append(kind)
                    .append(";\n");
        }
        String shipped = Files.readString(SHIPPED);
        for (String part : List.of("http {\n", "    listen 8080;\n", "drawbridge-1:8080", "drawbridge-2:8080")) {
            if (!shipped.contains(part)) {
                throw new AssertionError("The shipped configuration has no '" + part + "' any more");
            }
        }
        boolean root = System.getProperty("user.name").equals("root");
        Path configuration = Files.writeString(
                folder.resolve("nginx.conf"),
                (root ? "user root;\n" : "") + "daemon off;\npid " + folder + "/pid;\n"
                        + shipped.replace("http {\n", own)
                                .replace("    listen 8080;\n", "    " + listens + "\n")
                                .replace("drawbridge-1:8080", nodes.get(0))
                                .replace("drawbridge-2:8080", nodes.get(1)));
        Process process = new ProcessBuilder(
                        nginx.toString(), "-p", folder.toString(), "-c", configuration.toString(), "-e", "stderr")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Nginx started = new Nginx(folder, process, port, tls);
        started.awaitListening();
        return started;
    }

    private void awaitListening() throws Exception {
        for (int tries = 0; tries < 100; tries++) {
            if (!process.isAlive()) {
                throw new IllegalStateException("nginx did not start:\n" + Files.readString(folder.resolve("log")));
            }
            try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                process.waitFor(100, TimeUnit.MILLISECONDS);
            }
        }
        throw new IllegalStateException("nginx does not listen:\n" + Files.readString(folder.resolve("log")));
    }

    /** Where people find it, without a slash at its end. */
    String origin() {
        return (tls ? "https" : "http") + "://127.0.0.1:" + port;
    }

    /** What a browser of a company that has made the certificate itself would trust. */
    KeyStore trusted() throws Exception {
        try (var stored = Files.newInputStream(folder.resolve("keys.p12"))) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(stored, SECRET.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("nginx", keys.getCertificate("nginx"));
            return trusted;
        }
    }

    private static void certify(Path folder) throws Exception {
        Path keys = folder.resolve("keys.p12");
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "nginx",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        SECRET)
                .inheritIO()
                .start();
        if (made.waitFor() != 0) {
            throw new IllegalStateException("keytool made no certificate");
        }
        try (var stored = Files.newInputStream(keys)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(stored, SECRET.toCharArray());
            Key key = store.getKey("nginx", SECRET.toCharArray());
            Files.writeString(folder.resolve("key.pem"), pem("PRIVATE KEY", key.getEncoded()));
            Files.writeString(
                    folder.resolve("certificate.pem"),
                    pem("CERTIFICATE", store.getCertificate("nginx").getEncoded()));
        }
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(content)
                + "\n-----END " + what + "-----\n";
    }

    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
