package dev.drawbridge.testing;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** A person's browser: it signs in once and keeps what it was given. */
public final class Browser {
    private final World world;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    private Browser(World world) {
        this.world = world;
    }

    /** Signed in on the page for it. */
    public static Browser of(World world, String who, String password) {
        Browser browser = fresh(world);
        browser.signIn(who, password);
        if (browser.get("/api/v1/catalog") != 200) {
            throw new AssertionError(who + " could not sign in");
        }
        return browser;
    }

    /** Nobody has signed in with it yet. */
    public static Browser fresh(World world) {
        return new Browser(world);
    }

    /** Sends the page's form, whoever is signed in; what was answered. */
    public HttpResponse<String> signIn(String who, String password) {
        String token = call("GET", "/sign-in", null, Map.of())
                .body()
                .replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
        return call(
                "POST",
                "/sign-in",
                "username=" + who + "&password=" + password + "&_csrf=" + token,
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    public int get(String path) {
        return call("GET", path, null, Map.of()).statusCode();
    }

    /** Calls the product's own REST interface as its pages do, with their token. */
    public HttpResponse<String> post(String path, String json) {
        return call(
                "POST",
                path,
                json,
                Map.of("Content-Type", "application/json", "X-CSRF-TOKEN", cookie("DRAWBRIDGE-CSRF")));
    }

    public String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    public HttpResponse<String> call(String method, String path, String body, Map<String, String> headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(world.url(path)));
            headers.forEach(request::header);
            return http.send(
                    request.method(method, HttpRequest.BodyPublishers.ofString(body == null ? "" : body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
