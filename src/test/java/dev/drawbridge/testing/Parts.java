package dev.drawbridge.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A body in several parts, as a form with files sends it. */
public final class Parts {
    private static final String BOUNDARY = "-".repeat(20) + "parts";

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /** With a file, named by its path. */
    public Parts file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8));
    }

    /** With a file, named by its path. */
    public Parts file(String path, byte[] content) {
        part("name=\"" + path + "\"; filename=\"" + path + "\"\r\nContent-Type: application/octet-stream", content);
        return this;
    }

    /** With a field. */
    public Parts field(String name, String value) {
        part("name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private void part(String head, byte[] content) {
        write("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + head + "\r\n\r\n");
        body.writeBytes(content);
        write("\r\n");
    }

    private void write(String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What such a body is called. */
    public static String type() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    /** All of it. */
    public byte[] body() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(body.toByteArray());
        whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return whole.toByteArray();
    }
}
