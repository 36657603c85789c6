package dev.drawbridge.process;

import dev.drawbridge.testing.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** Publishes over HTTP, in parts as Camunda Modeler does. */
final class DeploymentCall {
    private static final String BOUNDARY = "-".repeat(20) + "parts";

    private DeploymentCall() {}

    static HttpResponse<String> post(World world, String who, Map<String, String> fields, Map<String, byte[]> files) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fields.forEach((name, value) -> part(body, "name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8)));
        files.forEach((name, content) -> part(
                body,
                "name=\"" + name + "\"; filename=\"" + name + "\"\r\nContent-Type: application/octet-stream",
                content));
        write(body, "--" + BOUNDARY + "--\r\n");
        String pair = Base64.getEncoder().encodeToString((who + ":" + who).getBytes(StandardCharsets.UTF_8));
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(world.url("/engine-rest/deployment/create")))
                                    .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                                    .header("Authorization", "Basic " + pair)
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private static void part(ByteArrayOutputStream body, String head, byte[] content) {
        write(body, "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + head + "\r\n\r\n");
        body.writeBytes(content);
        write(body, "\r\n");
    }

    private static void write(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
