package dev.drawbridge.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.cli.VerifyCommand;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The sealed log of the whole product, by its calls. */
@DrawbridgeTest
class AuditLogTest {
    @Autowired
    World world;

    @Autowired
    SealedEntries sealedEntries;

    @TempDir
    Path folder;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    private void seal() {
        world.runScheduled("SealRounds");
    }

    @Test
    void isAsItWasSealed() {
        world.request("engineer", "app-logs-read", "PT1H");
        seal();

        JsonNode verified = verification();
        assertThat(verified.path("problems").toString()).isEqualTo("[]");
        assertThat(verified.path("ok").asBoolean()).isTrue();
        assertThat(verified.path("size").asLong())
                .isEqualTo(world.jdbc()
                        .sql("select count(*) from audit_entry")
                        .query(Long.class)
                        .single());
        String[] checkpoint =
                world.get("engineer", "/api/v1/audit-log/checkpoint").text().split("\n");
        assertThat(checkpoint[1]).isEqualTo(verified.path("size").asText());
        assertThat(checkpoint[2]).isEqualTo(verified.path("root").asText());
        assertThat(verified.path("sealedUntil").asText())
                .isEqualTo(world.clock().instant().toString());
        verifyInSlices();
        assertThat(world.get("operator", "/actuator/health")
                        .json()
                        .at("/components/auditLog/status")
                        .asText())
                .isEqualTo("UP");
    }

    /** As often as it takes from the beginning to the end, wherever it stands. */
    private void verifyInSlices() {
        for (int slice = 0; slice < 20; slice++) {
            world.runScheduled("KeepVerifying");
        }
    }

    @Test
    void tellsWhatSomebodyHasChangedByHand() {
        UUID request = world.request("engineer", "app-logs-read", "PT1H");
        seal();
        long entry = world.jdbc()
                .sql("select min(id) from audit_entry where request_id = :id")
                .param("id", request)
                .query(Long.class)
                .single();
        String swap = "set session_replication_role = replica; update audit_entry set actor = '%s' where id = " + entry;
        world.superuser("drawbridge", swap.formatted("engineer2"));
        try {
            JsonNode verified = verification();
            assertThat(verified.path("ok").asBoolean()).isFalse();
            assertThat(verified.at("/problems/0/entry").asLong()).isEqualTo(entry);
            assertThat(verified.at("/problems/0/kind").asText()).isEqualTo("edited");
            verifyInSlices();
            assertThat(world.get("operator", "/actuator/health")
                            .json()
                            .at("/components/auditLog/status")
                            .asText())
                    .isEqualTo("DOWN");
            assertThat(world.get("operator", "/actuator/prometheus").text())
                    .contains("drawbridge_audit_log_problems 1.0");
        } finally {
            world.superuser("drawbridge", swap.formatted("engineer"));
            verifyInSlices();
        }
        assertThat(verification().path("ok").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/audit-entries/verification",
                "/api/v1/audit-log/tile/0/000.p/1",
                "/api/v1/audit-log/tile/entries/000.p/1",
                "/audit-log/tile/entries/000.p/1"
            })
    void isReadWholeByAuditorsOperatorsAndSecurityAlone(String path) {
        world.request("engineer", "app-logs-read", "PT1H");
        seal();
        for (String who : List.of("auditor", "operator", "security")) {
            assertThat(status(who, path)).as(who).isEqualTo(200);
        }
        for (String who : List.of("engineer", "manager", "owner", "process-owner", "contractor")) {
            assertThat(status(who, path)).as(who).isEqualTo(403);
        }
        assertThat(status(null, path)).isIn(401, 302);
    }

    @Test
    void givesTilesInTheFormOfTheStandard() {
        world.request("engineer", "app-logs-read", "PT1H");
        seal();
        byte[] hashes = bytes("/api/v1/audit-log/tile/0/000.p/3");
        byte[] entries = bytes("/api/v1/audit-log/tile/entries/000.p/3");

        assertThat(hashes).hasSize(96);
        int place = 0;
        for (int entry = 0; entry < 3; entry++) {
            int length = (entries[place] & 0xff) << 8 | entries[place + 1] & 0xff;
            byte[] leaf = java.util.Arrays.copyOfRange(entries, place + 2, place + 2 + length);
            assertThat(Hashing.leaf(leaf)).isEqualTo(java.util.Arrays.copyOfRange(hashes, entry * 32, entry * 32 + 32));
            place += 2 + length;
        }
        assertThat(place).isEqualTo(entries.length);
        for (String none : List.of("0/999", "9/000", "0/x000/000", "entries/999", "0/000.p/0", "0/")) {
            assertThat(status("auditor", "/api/v1/audit-log/tile/" + none))
                    .as(none)
                    .isEqualTo(404);
        }
    }

    /** Nothing of ours but the bytes: Python reads the tiles, comes to the root, and looks at the signature with arithmetic of its own. */
    @Test
    void isReadByAProgramThatWasNotWrittenInJava() throws Exception {
        world.jdbc()
                .sql(
                        "insert into audit_entry (at, actor, kind, sentence, details) select :now::timestamptz, 'system', 'test', 'Ünlike '"
                                + " || n, jsonb_build_object('n', n / 8.0) from generate_series(1, 600) n")
                .param("now", world.clock().instant().toString())
                .update();
        world.request("engineer", "app-logs-read", "PT1H");
        seal();
        Path script = Path.of("src/test/python/read_log.py");
        String[] said = python(script, "auditor");
        JsonNode verified = verification();
        assertThat(said)
                .containsExactly(
                        "signed",
                        verified.path("size").asText(),
                        verified.path("root").asText());
    }

    private String[] python(Path script, String who) throws Exception {
        Process process = new ProcessBuilder("python3", script.toString(), world.url("/api/v1/audit-log"), who, who)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.strip().split("\n");
    }

    @Test
    void provesTheStoryOfARequestInOneFile() throws Exception {
        UUID request = world.request("engineer", "app-logs-read", "PT1H");
        seal();
        Answer answer = world.get("engineer", "/api/v1/access-requests/" + request + "/proof");
        assertThat(answer.status()).isEqualTo(200);
        JsonNode proof = answer.json();
        assertThat(proof.path("entries")).hasSize(world.trail(request).size());
        assertThat(proof.at("/receipt").isObject()).isTrue();
        Path key = Files.writeString(folder.resolve("key"), proof.at("/keys/0").asText());
        Path file = Files.writeString(folder.resolve("proof.json"), answer.text());
        assertThat(verify(file.toString(), "--key", key.toString()))
                .isEqualTo("0 "
                        + proof.path("entries").size() + " entries are as they were sealed in the log "
                        + proof.path("checkpoint").asText().split("\n")[0] + ", whose checkpoint of "
                        + proof.path("checkpoint").asText().split("\n")[1] + " entries is signed.");

        String sentence = proof.at("/entries/1/entry/sentence").asText();
        Files.writeString(file, answer.text().replace(sentence.substring(0, 10), "A guardrail"));
        assertThat(verify(file.toString(), "--key", key.toString()))
                .startsWith("1 ")
                .contains("is not what was sealed");
        Files.writeString(file, answer.text().replaceAll("\"proof\":\\[\"...", "\"proof\":[\"AAA"));
        assertThat(verify(file.toString(), "--key", key.toString())).startsWith("1 ");

        assertThat(world.get("contractor", "/api/v1/access-requests/" + request + "/proof")
                        .status())
                .isEqualTo(404);
        String auditors = world.get("auditor", "/api/v1/access-requests/" + request + "/proof")
                .text();
        assertThat(answer.text())
                .as("where from somebody signed in is not everybody's")
                .doesNotContain("127.0.0.1");
        assertThat(auditors).contains("127.0.0.1");
        Files.writeString(file, auditors);
        assertThat(verify(file.toString(), "--key", key.toString())).startsWith("0 ");
    }

    @Test
    void yieldsLinesOfAnExportThatAreVerifiedElsewhere() throws Exception {
        world.request("engineer", "app-logs-read", "PT1H");
        seal();
        List<Long> all =
                world.jdbc().sql("select id from audit_entry").query(Long.class).list();
        Path export = Files.write(folder.resolve("export.ndjson"), sealedEntries.lines(all));
        Path checkpoint = Files.writeString(
                folder.resolve("checkpoint"),
                world.get("auditor", "/api/v1/audit-log/checkpoint").text());
        Path key = Files.writeString(
                folder.resolve("key"),
                world.get("auditor", "/api/v1/audit-log/key").text());

        assertThat(verify(export.toString(), "--checkpoint", checkpoint.toString(), "--key", key.toString()))
                .startsWith("0 " + all.size() + " entries are as they were sealed");
        Files.writeString(export, Files.readString(export).replaceFirst("\"actor\":\"[a-z]", "\"actor\":\"X"));
        assertThat(verify(export.toString(), "--checkpoint", checkpoint.toString(), "--key", key.toString()))
                .startsWith("1 Line 1, entry ");
        assertThat(verify(export.toString())).startsWith("2 ");
    }

    private static String verify(String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = new VerifyCommand(new PrintStream(said, true, StandardCharsets.UTF_8)).run(List.of(arguments));
        return code + " " + said.toString(StandardCharsets.UTF_8).strip();
    }

    private JsonNode verification() {
        return world.get("auditor", "/api/v1/audit-entries/verification").json();
    }

    private int status(String who, String path) {
        return send(who, path).statusCode();
    }

    private byte[] bytes(String path) {
        return send("auditor", path).body();
    }

    private HttpResponse<byte[]> send(String who, String path) {
        HttpRequest.Builder call = HttpRequest.newBuilder(URI.create(world.url(path)));
        if (who != null) {
            call.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString((who + ":" + who).getBytes(StandardCharsets.UTF_8)));
        }
        try {
            return HttpClient.newHttpClient().send(call.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
