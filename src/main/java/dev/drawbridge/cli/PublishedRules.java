package dev.drawbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules of a publication, as a running Drawbridge gives them to whoever may read them: {@code 7@https://drawbridge.example}. */
final class PublishedRules {
    /** Who reads them; or a token instead of both. */
    static final String USER = "DRAWBRIDGE_USER";

    static final String PASSWORD = "DRAWBRIDGE_PASSWORD";
    static final String TOKEN = "DRAWBRIDGE_TOKEN";

    private static final Pattern NAMED = Pattern.compile("(?<number>[0-9]{1,18})@(?<url>https?://.+?)/*");
    private static final Pattern RULES = Pattern.compile("rules(/[A-Za-z0-9_-][A-Za-z0-9_. -]*)+(?<![. ])");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> environment;

    PublishedRules(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Why they could not be had: a sentence. */
    static final class Unreachable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreachable(String sentence) {
            super(sentence);
        }
    }

    /** Whether this names a publication, and no folder. */
    static boolean isNamedBy(String text) {
        return NAMED.matcher(text).matches();
    }

    /** Brings them into a new folder, which has {@code rules/}. */
    Path fetch(String named) throws Unreachable {
        Matcher parts = NAMED.matcher(named);
        if (!parts.matches()) {
            throw new Unreachable("'" + named + "' is not a number, '@' and an address.");
        }
        URI publication = address(parts.group("url"), "/api/v1/publications/" + parts.group("number"));
        try {
            Path folder = Files.createTempDirectory("publication");
            for (JsonNode file : json.readTree(get(publication)).path("files")) {
                String path = file.path("path").asText();
                // What a server says is no reason to write anywhere else.
                if (RULES.matcher(path).matches()) {
                    Path to = folder.resolve(path);
                    Files.createDirectories(Optional.ofNullable(to.getParent()).orElse(folder));
                    Files.write(to, get(address(publication.toString(), "/files/" + path.replace(" ", "%20"))));
                }
            }
            return folder;
        } catch (IOException failed) {
            throw new Unreachable("Publication " + parts.group("number") + " could not be read from "
                    + parts.group("url") + ": " + failed.getMessage());
        }
    }

    /** A password or a token goes to nobody in the clear, but for this very machine. */
    private static URI address(String base, String path) throws Unreachable {
        try {
            URI address = URI.create(base + path);
            boolean isSafe = "https".equals(address.getScheme())
                    || InetAddress.getByName(String.valueOf(address.getHost())).isLoopbackAddress();
            if (address.getHost() == null || !isSafe) {
                throw new Unreachable("'" + base + "' is not https, so nobody is signed in there.");
            }
            return address;
        } catch (IllegalArgumentException | IOException noAddress) {
            throw new Unreachable("'" + base + "' is not an address that can be reached.");
        }
    }

    private byte[] get(URI address) throws IOException, Unreachable {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(PATIENCE).GET();
        signIn().ifPresent(value -> request.header("Authorization", value));
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new Unreachable(address + " answered " + answer.statusCode() + ". Set " + USER + " and "
                        + PASSWORD + ", or " + TOKEN + ", of a process owner or an auditor.");
            }
            return answer.body();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("it was interrupted", stopped);
        }
    }

    private Optional<String> signIn() {
        String token = environment.get(TOKEN);
        if (token != null) {
            return Optional.of("Bearer " + token);
        }
        String user = environment.get(USER);
        String password = environment.get(PASSWORD);
        return user == null || password == null
                ? Optional.empty()
                : Optional.of("Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }
}
