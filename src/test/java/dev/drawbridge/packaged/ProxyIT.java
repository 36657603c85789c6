package dev.drawbridge.packaged;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import dev.drawbridge.testing.MailServer;
import dev.drawbridge.testing.World;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Behind the nginx that is shipped: at any port, with TLS, and under a path. */
class ProxyIT {
    private static final String NATIVE = "--server.forward-headers-strategy=native";

    private static RunningJar drawbridge;
    private static Nginx plain;
    private static Nginx tls;

    @BeforeAll
    static void start() throws Exception {
        Tools.require("nginx");
        drawbridge = RunningJar.start(NATIVE);
        plain = Nginx.start(Nginx.freePort(), drawbridge.node(), false);
        tls = Nginx.start(Nginx.freePort(), drawbridge.node(), true);
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable started : new AutoCloseable[] {tls, plain, drawbridge}) {
            if (started != null) {
                started.close();
            }
        }
    }

    /** Somebody's browser: it keeps cookies, and follows nothing by itself. */
    private static final class Visitor {
        private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
        private final HttpClient http;
        private final String base;

        /** {@code base}: where people find the product, without a slash at its end. */
        Visitor(Nginx nginx, String base, boolean secure) throws Exception {
            this.base = base;
            HttpClient.Builder client = HttpClient.newBuilder().cookieHandler(cookies);
            if (secure) {
                TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trust.init(nginx.trusted());
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, trust.getTrustManagers(), null);
                client.sslContext(context);
            }
            http = client.build();
        }

        HttpResponse<String> call(String method, String url, String body, String... headers) throws Exception {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(url)).method(method, HttpRequest.BodyPublishers.ofString(body));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }

        HttpResponse<String> page(String url) throws Exception {
            return call("GET", url, "", "Accept", "text/html");
        }

        /** Where an answer leads, which must be on this very server, at this port and path. */
        String leads(HttpResponse<String> answer) {
            assertThat(answer.statusCode())
                    .as(answer.uri() + "\n" + answer.body())
                    .isIn(302, 303);
            String place = answer.uri()
                    .resolve(answer.headers().firstValue("Location").orElseThrow())
                    .toString();
            assertThat(place).startsWith(base + "/");
            return place;
        }

        HttpResponse<String> signIn(String who) throws Exception {
            String token = page(base + "/sign-in").body().replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
            return call(
                    "POST",
                    base + "/sign-in",
                    "username=" + who + "&password=" + who + "&_csrf=" + token,
                    "Accept",
                    "text/html",
                    "Content-Type",
                    "application/x-www-form-urlencoded");
        }

        List<HttpCookie> cookies() {
            return cookies.getCookieStore().getCookies();
        }

        String cookie(String name) {
            return cookies().stream()
                    .filter(cookie -> cookie.getName().equals(name))
                    .map(HttpCookie::getValue)
                    .findFirst()
                    .orElse("");
        }

        HttpResponse<String> ask(Map<String, String> what) throws Exception {
            return call(
                    "POST",
                    base + "/api/v1/access-requests",
                    new ObjectMapper().writeValueAsString(what),
                    "Content-Type",
                    "application/json",
                    "X-CSRF-TOKEN",
                    cookie("DRAWBRIDGE-CSRF"));
        }
    }

    /** What everybody does first: come, be sent to sign in, sign in, be led back, ask, and leave. */
    private static void comeSignInAskAndLeave(Visitor visitor) throws Exception {
        HttpResponse<String> form = visitor.page(visitor.base + "/sign-in");
        assertThat(form.statusCode()).isEqualTo(200);
        assertThat(linkedFrom(form, visitor))
                .isNotEmpty()
                .allSatisfy(link ->
                        assertThat(visitor.page(link).statusCode()).as(link).isIn(200, 302));

        String wanted = visitor.base + "/operations";
        assertThat(visitor.leads(visitor.page(wanted))).isEqualTo(visitor.base + "/sign-in");
        assertThat(visitor.leads(visitor.signIn("operator"))).isEqualTo(wanted);
        HttpResponse<String> operations = visitor.page(wanted);
        assertThat(operations.statusCode()).isEqualTo(200);
        assertThat(linkedFrom(operations, visitor))
                .allSatisfy(link -> assertThat(link).startsWith(visitor.base + "/"));
        String token = visitor.cookie("DRAWBRIDGE-CSRF");
        assertThat(visitor.leads(visitor.call(
                        "POST",
                        visitor.base + "/sign-out",
                        "_csrf=" + token,
                        "Accept",
                        "text/html",
                        "Content-Type",
                        "application/x-www-form-urlencoded")))
                .isEqualTo(visitor.base + "/sign-in?signedOut");

        assertThat(visitor.leads(visitor.signIn("contractor"))).isEqualTo(visitor.base + "/");
        assertThat(visitor.leads(visitor.signIn("nobody"))).isEqualTo(visitor.base + "/sign-in?error");
        assertThat(visitor.leads(visitor.signIn("engineer"))).isEqualTo(visitor.base + "/");
        assertThat(visitor.page(visitor.base + "/").statusCode()).isEqualTo(200);
        HttpResponse<String> asked = visitor.ask(World.ask("orders-admin", "PT1H"));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        String made = asked.uri()
                .resolve(asked.headers().firstValue("Location").orElseThrow())
                .toString();
        assertThat(made).startsWith(visitor.base + "/api/v1/access-requests/");
        assertThat(visitor.call("GET", made, "").statusCode()).isEqualTo(200);
        assertThat(visitor.call("POST", made + "/withdrawal", "", "X-CSRF-TOKEN", visitor.cookie("DRAWBRIDGE-CSRF"))
                        .statusCode())
                .isLessThan(300);
        assertThat(visitor.page(visitor.base + "/nowhere").body()).contains("To the start page");
        assertThat(linkedFrom(visitor.page(visitor.base + "/nowhere"), visitor))
                .allSatisfy(link -> assertThat(link).startsWith(visitor.base + "/"));
    }

    /** Everything that a page names, as its browser would ask for it. */
    private static List<String> linkedFrom(HttpResponse<String> page, Visitor visitor) {
        List<String> links = new ArrayList<>();
        Matcher named =
                Pattern.compile(" (?:href|src|action)=\"([^\"#]*)[^\"]*\"").matcher(page.body());
        while (named.find()) {
            links.add(page.uri().resolve(named.group(1).replace("&amp;", "&")).toString());
        }
        return links;
    }

    @Test
    void leadsPeopleOnAtThePortThatTheyCameTo() throws Exception {
        comeSignInAskAndLeave(new Visitor(plain, plain.origin(), false));
    }

    @Test
    void keepsToTlsWhereTheProxyHasIt() throws Exception {
        Visitor visitor = new Visitor(tls, tls.origin(), true);

        comeSignInAskAndLeave(visitor);

        assertThat(visitor.cookies())
                .isNotEmpty()
                .allSatisfy(cookie ->
                        assertThat(cookie.getSecure()).as(cookie.getName()).isTrue());
        assertThat(visitor.page(tls.origin() + "/").headers().firstValue("Strict-Transport-Security"))
                .isPresent();
    }

    @Test
    void takesNobodysWordForWhereTheyComeFromOrWhatThisServerIsCalled() throws Exception {
        Visitor visitor = new Visitor(plain, plain.origin(), false);

        HttpResponse<String> led = visitor.call(
                "GET",
                plain.origin() + "/",
                "",
                "Accept",
                "text/html",
                "X-Forwarded-For",
                "203.0.113.9",
                "X-Forwarded-Host",
                "evil.example",
                "X-Forwarded-Port",
                "666",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Prefix",
                "/evil",
                "Forwarded",
                "for=203.0.113.9;host=evil.example;proto=https");
        assertThat(visitor.leads(led)).isEqualTo(plain.origin() + "/sign-in");
        assertThat(visitor.cookies()).noneMatch(HttpCookie::getSecure);

        HttpResponse<String> asked = visitor.call(
                "POST",
                plain.origin() + "/api/v1/access-requests",
                new ObjectMapper().writeValueAsString(World.ask("orders-write", "PT1H")),
                "Content-Type",
                "application/json",
                "Authorization",
                "Basic ZW5naW5lZXIyOmVuZ2luZWVyMg==",
                "X-Forwarded-For",
                "203.0.113.9",
                "X-Real-IP",
                "203.0.113.9",
                "Forwarded",
                "for=203.0.113.9");
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        try (var database = DriverManager.getConnection(
                        drawbridge.jdbcUrl("drawbridge"), "postgres", drawbridge.superuserPassword());
                var statement = database.createStatement();
                var rows = statement.executeQuery("select distinct address from request_sign_in")) {
            List<String> seen = new ArrayList<>();
            while (rows.next()) {
                seen.add(rows.getString(1));
            }
            assertThat(seen).containsOnly("127.0.0.1");
        }
    }

    @Test
    void worksUnderAPathWithTlsPagesTasklistAndMailIncluded() throws Exception {
        int port = Nginx.freePort();
        String base = "https://127.0.0.1:" + port + "/drawbridge";
        MailServer.running().purgeEmailFromAllMailboxes();
        try (RunningJar under = RunningJar.start(
                        NATIVE,
                        "--server.servlet.context-path=/drawbridge",
                        "--drawbridge.public-url=" + base,
                        "--spring.mail.host=localhost",
                        "--spring.mail.port=" + MailServer.running().getSmtp().getPort());
                Nginx nginx = Nginx.start(port, under.node(), true);
                Chromium chromium = Chromium.start()) {
            Visitor visitor = new Visitor(nginx, base, true);
            comeSignInAskAndLeave(visitor);
            assertThat(visitor.cookies())
                    .allSatisfy(cookie ->
                            assertThat(cookie.getSecure()).as(cookie.getName()).isTrue());

            tasklist(chromium, base);
            followTheMail(base, new Visitor(nginx, base, true));
        }
    }

    private static void tasklist(Chromium chromium, String base) {
        Page page = chromium.browser()
                .newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true))
                .newPage();
        List<String> strayed = new ArrayList<>();
        page.onRequest(request -> {
            if (!request.url().startsWith(base + "/") && request.url().startsWith("http")) {
                strayed.add(request.url());
            }
        });
        page.onResponse(response -> {
            if (response.status() == 404) {
                strayed.add(response.status() + " " + response.url());
            }
        });
        page.navigate(base + "/");
        page.locator("input[name=username]").fill("engineer");
        page.locator("input[name=password]").fill("engineer");
        page.locator("button[type=submit]").first().click();
        page.locator("a.card").getByText("Ask for access").click();
        page.locator("[data-entitlement=orders-write]").click();
        page.locator("#db-why").fill("Mend the order of a customer who waits");
        page.locator("#db-ticket").fill("OPS-4711");
        assertThat(page.locator("#db-preview")).containsText("Needs approval: Mara Manager");
        assertThat(page.locator(".db-home"))
                .hasAttribute("href", URI.create(base).getPath() + "/");
        page.locator(".modal-footer [ng-click='startProcessInstance()']").click();
        assertThat(page.locator("#open")).containsText("Orders, change data");
        assertThat(page).hasURL(base + "/?sent");
        assertThat(strayed).isEmpty();
    }

    private static void followTheMail(String base, Visitor manager) throws Exception {
        String link = null;
        for (int mails = 1; link == null; mails++) {
            assertThat(MailServer.running().waitForIncomingEmail(60_000, mails)).isTrue();
            for (var message : MailServer.running().getReceivedMessages()) {
                Matcher found = Pattern.compile("https://[^\\s\"<]*/requests/[0-9a-f-]+/task")
                        .matcher(GreenMailUtil.getBody(message).replace("=\r\n", ""));
                if (message.getSubject().startsWith("Your answer is needed: Orders, change data") && found.find()) {
                    link = found.group();
                }
            }
        }
        assertThat(link).startsWith(base + "/requests/");
        assertThat(manager.leads(manager.page(link))).isEqualTo(base + "/sign-in");
        assertThat(manager.leads(manager.signIn("manager"))).isEqualTo(link);
        String task = manager.leads(manager.page(link));
        assertThat(manager.leads(manager.page(task))).startsWith(base + "/camunda/app/tasklist/default/#/?task=");
    }
}
