package dev.drawbridge.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Calls the product from another address than everybody else: Linux has all of 127.0.0.0/8 as its own. */
public record Stranger(String address, URI product) {
    /** What came back: the status and the whole text with its headers. */
    public record Said(int status, String text) {}

    /** A call with an account and a password; headers and body as they are given. */
    public Said call(String method, String path, String account, String password, String headers, String body) {
        String basic = Base64.getEncoder().encodeToString((account + ":" + password).getBytes(StandardCharsets.UTF_8));
        return send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Basic "
                + basic + "\r\n" + headers + "\r\n" + body);
    }

    /** A guess at somebody's password. */
    public Said guess(String account) {
        return call("GET", "/api/v1/catalog", account, "a guess", "", "");
    }

    /** Begins to send a form, and never comes to its end. */
    public Socket dawdle(String path) {
        try {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(address, 0));
            socket.connect(new InetSocketAddress("127.0.0.1", product.getPort()));
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 2000\r\n\r\nu")
                            .getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return socket;
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private Said send(String request) {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(address, 0));
            socket.connect(new InetSocketAddress("127.0.0.1", product.getPort()));
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(Integer.parseInt(text.substring(9, 12)), text);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
