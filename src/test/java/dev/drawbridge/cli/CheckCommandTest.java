package dev.drawbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Rules of one's own are tried before a server sees them. */
class CheckCommandTest {
    private static final Path COMPANY = Path.of("src", "test", "resources", "company");

    @TempDir
    Path folder;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @BeforeEach
    void copyTheCompanysRules() throws IOException {
        FileSystemUtils.copyRecursively(COMPANY.resolve("rules"), folder.resolve("rules"));
    }

    private int check(String... arguments) {
        return check(Map.of(), arguments);
    }

    private int check(Map<String, String> environment, String... arguments) {
        return new CheckCommand(new PrintStream(written, true, StandardCharsets.UTF_8), environment)
                .run(List.of(arguments));
    }

    private String said() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private void change(String file, String what, String with) throws IOException {
        Path path = folder.resolve("rules").resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(what);
        Files.writeString(path, text.replaceFirst(java.util.regex.Pattern.quote(what), with));
    }

    @Test
    void isContentWithRulesThatDoWhatTheirCasesSay() {
        assertThat(check(folder.toString())).isZero();
        assertThat(check(folder.resolve("rules").toString())).isZero();
        assertThat(said()).containsPattern("\\d+ guardrails do what their \\d+ cases say\\.");
    }

    @Test
    void isContentWithTheRulesThatAreDelivered() {
        assertThat(check()).isZero();
    }

    /** As a running Drawbridge gives the files of a publication, one of which climbs out of its folder. */
    private HttpServer publication(Path rules) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ObjectMapper json = new ObjectMapper();
        ObjectNode publication = json.createObjectNode();
        ArrayNode files = publication.putArray("files");
        try (Stream<Path> all = Files.walk(rules)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.addObject().put("path", "rules/" + rules.relativize(file));
                server.createContext(
                        "/api/v1/publications/7/files/rules/" + rules.relativize(file),
                        call -> answer(call, Files.readAllBytes(file)));
            }
        }
        files.addObject().put("path", "rules/../../climbed");
        byte[] told = json.writeValueAsBytes(publication);
        server.createContext("/api/v1/publications/7", call -> answer(call, told));
        server.start();
        return server;
    }

    private static void answer(HttpExchange call, byte[] content) throws IOException {
        boolean isSignedIn =
                "Bearer of an auditor".equals(call.getRequestHeaders().getFirst("Authorization"));
        call.sendResponseHeaders(isSignedIn ? 200 : 401, isSignedIn ? content.length : -1);
        if (isSignedIn) {
            call.getResponseBody().write(content);
        }
        call.close();
    }

    @Test
    void saysWhatIsNewlyAllowedAgainstWhatIsInForceSomewhere() throws IOException {
        HttpServer server = publication(COMPANY.resolve("rules"));
        try {
            String live = "7@http://127.0.0.1:" + server.getAddress().getPort();

            int same = check(Map.of(PublishedRules.TOKEN, "of an auditor"), folder.toString(), "--against", live);
            int stranger = check(Map.of(), folder.toString(), "--against", live);

            assertThat(same).as(said()).isZero();
            assertThat(said()).contains("Nothing new is allowed");
            assertThat(stranger).isEqualTo(2);
            assertThat(said()).contains("answered 401", PublishedRules.USER);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void signsInNowhereInTheClear() {
        assertThat(check(
                        Map.of(PublishedRules.TOKEN, "secret"),
                        folder.toString(),
                        "--against",
                        "7@http://192.0.2.1:8080"))
                .isEqualTo(2);
        assertThat(said()).contains("is not https");
    }

    @Test
    void tellsACaseThatIsWrongWithItsLine() throws IOException {
        change(
                "weekend/changes-need-the-on-call.cases.yaml",
                "fires:",
                "fires:\n  - {when: never, entitlement: nothing}");

        assertThat(check(folder.toString())).isEqualTo(1);
        assertThat(said())
                .contains(
                        "rules/weekend/changes-need-the-on-call.cases.yaml, line 2: ",
                        "there is no entitlement 'nothing' in rules/catalog.yaml.");
    }

    @Test
    void tellsAGuardrailThatDoesOtherThanItsCasesSayAndOneThatHasNone() throws IOException {
        Files.move(
                folder.resolve("rules/weekend/changes-need-the-on-call.cases.yaml"),
                folder.resolve("rules/weekend/changes-nobody-makes.cases.yaml"));

        assertThat(check(folder.toString())).isEqualTo(1);
        assertThat(said())
                .contains(
                        "rules/weekend/changes-need-the-on-call.drl: its cases are missing; they belong into"
                                + " rules/weekend/changes-need-the-on-call.cases.yaml.",
                        "rules/weekend/changes-nobody-makes.cases.yaml: there is no guardrail"
                                + " rules/weekend/changes-nobody-makes.drl.",
                        "2 problems.");
    }

    @Test
    void tellsMoreThanTheFirstMistake() throws IOException {
        Files.writeString(folder.resolve("rules/levels.yaml"), "levels: 1");
        Files.writeString(folder.resolve("rules/tickets.yaml"), "numbers: 1");

        assertThat(check(folder.toString())).isEqualTo(1);
        assertThat(said()).contains("rules/levels.yaml", "rules/tickets.yaml", "2 problems.");
    }

    @Test
    void provesWhatMustNeverHappenAndTellsWhatDoes() throws IOException {
        Files.writeString(folder.resolve("rules/invariants.yaml"), """
                invariants:
                  - name: An intern never changes production
                    when: {group: interns, level: [WRITE, ADMIN], environment: production}
                    never: given
                """);

        assertThat(check(folder.toString())).isZero();
        assertThat(said())
                .containsPattern(
                        "'An intern never changes production' holds: checked [\\d,]+ combinations, all of them\\.");

        change("interns/never-write.drl", "level != AccessLevel.READ", "level == AccessLevel.ADMIN");

        assertThat(check(folder.toString())).isEqualTo(1);
        assertThat(said())
                .contains(
                        "rules/invariants.yaml, line 2: at 'invariants' [0]: 'An intern never changes production' does not"
                                + " hold. billing-write for PT30M, with the ticket ")
                .contains(" by 'somebody' of interns, ")
                .contains("is given once 1 of lead and 1 of owners have agreed");
    }

    @Test
    void tellsGuardrailsThatNeverCount() throws IOException {
        Files.writeString(
                folder.resolve("rules/limits/never.drl"),
                "rule \"Never\" when Wanted( level == AccessLevel.ADMIN, environment == \"staging\" ) then guardrail.deny();"
                        + " end");
        Files.writeString(folder.resolve("rules/limits/never.cases.yaml"), """
                fires:
                  - {when: what is not there, entitlement: billing-admin, environment: staging}
                silent:
                  - {when: what is, entitlement: billing-admin}
                """);

        assertThat(check(folder.toString())).isZero();
        assertThat(said()).contains("rules/limits/never.drl: this guardrail can never fire");
    }

    @Test
    void tellsWhatIsNewlyAllowedAgainstAnotherFolder() throws IOException {
        assertThat(check(folder.toString(), "--against", COMPANY.toString())).isZero();
        assertThat(said()).contains("Nothing new is allowed: checked ");

        change("catalog.yaml", "requesters: [developers, people-ops]", "requesters: [developers, people-ops, interns]");

        assertThat(check("--against", COMPANY.toString(), folder.toString())).isZero();
        assertThat(said())
                .contains(
                        "Newly allowed: personnel-read could not be asked for, and is given once 1 of lead and 1 of owners have"
                                + " agreed. For example personnel-read for PT30M, by 'somebody' of interns, ")
                .contains("Nothing else is newly allowed: checked ");

        assertThat(check(
                        folder.toString(),
                        "--against",
                        folder.resolve("nowhere").toString()))
                .isEqualTo(2);
        assertThat(check(folder.toString(), "--against")).isEqualTo(2);
    }

    @Test
    void tellsProgramsInJson() throws IOException {
        Files.writeString(folder.resolve("rules/levels.yaml"), "levels: 1");

        assertThat(check("--json", folder.toString())).isEqualTo(1);

        JsonNode said = new ObjectMapper().readTree(said());
        assertThat(said.at("/problems/0/file").asText()).isEqualTo("rules/levels.yaml");
        assertThat(said.at("/problems/0/line").asInt()).isEqualTo(1);
        assertThat(said.at("/problems/0/sentence").asText()).isNotBlank();
        assertThat(said.path("cases").isInt()).isTrue();
    }

    @Test
    void annotatesAPullRequest() throws IOException {
        Files.writeString(folder.resolve("rules/levels.yaml"), "levels: 1");

        assertThat(check(folder.toString(), "--github")).isEqualTo(1);

        assertThat(said()).startsWith("::error file=rules/levels.yaml,line=1::").hasLineCount(1);
    }

    @Test
    void saysWhereItExpectsRulesWhereThereAreNone() {
        assertThat(check(folder.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(said()).contains("name a folder that has rules/catalog.yaml.");
        assertThat(check("one", "two")).isEqualTo(2);
        assertThat(check("--yaml")).isEqualTo(2);
    }
}
