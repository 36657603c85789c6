package dev.drawbridge.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.audit.log.Problem.Kind;
import dev.drawbridge.platform.EmbeddedPostgresServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {
    private static EmbeddedPostgresServer server;

    @TempDir
    Path files;

    OwnLog log;
    WitnessServer elsewhere;
    Witness witness;

    @BeforeAll
    static void start() throws Exception {
        server = OwnLog.server();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void begin() throws Exception {
        log = new OwnLog(server, files);
        log.add(5);
        log.seal();
        elsewhere = startedWitness();
        witness = witness(OwnLog.CLOCK);
    }

    @AfterEach
    void end() throws Exception {
        elsewhere.close();
    }

    private WitnessServer startedWitness() throws Exception {
        return WitnessServer.start(
                new InetSocketAddress("127.0.0.1", 0),
                files.resolve("witness"),
                "auditor.example",
                List.of(key()),
                OwnLog.CLOCK);
    }

    private String key() {
        return log.folder.keys(log::newKey).get(0).verifier().toString();
    }

    private Witness witness(Clock clock) {
        return new Witness(
                log.store(),
                new AuditLogSettings(null, null, "http://127.0.0.1:" + elsewhere.port() + "/", elsewhere.key()),
                clock);
    }

    @Test
    void cosignsALogThatGrows() throws Exception {
        for (int round = 0; round < 4; round++) {
            witness.ask();
            Note note = witness.checkpoint().orElseThrow();
            assertThat(note.isSignedBy(VerifierKey.parse(key()))).isTrue();
            assertThat(note.cosignedBy(VerifierKey.parse(elsewhere.key()))).isPresent();
            assertThat(Checkpoint.parse(note.text()).size()).isEqualTo(5 + 300L * round);
            log.add(300);
            log.seal();
        }
        assertThat(witness.problem()).isEmpty();
    }

    @Test
    void goesOnWhereItWasStartedAnewAndWhereTheLogHasForgottenItsAnswer() throws Exception {
        witness.ask();
        int port = elsewhere.port();
        elsewhere.close();
        elsewhere = startedWitness();
        assertThat(port).isPositive();
        log.tamper("truncate audit_log_cosignature");
        witness = witness(OwnLog.CLOCK);
        log.add(2);
        log.seal();

        witness.ask();
        assertThat(witness.problem()).isEmpty();
        assertThat(log.count("audit_log_cosignature")).isEqualTo(1);
    }

    /** Database, key, and all copies in one hand: only who has seen the log before knows that it was another. */
    @Test
    void refusesAForkOfWhoeverHoldsDatabaseAndKey() throws Exception {
        witness.ask();
        rewrite(7);

        witness.ask();
        assertThat(log.problems())
                .as("by itself it is a log as good as the other")
                .isEmpty();
        assertThat(witness.problem().map(Problem::kind)).contains(Kind.FORKED);
        assertThat(log.count("audit_log_cosignature")).isZero();
        assertThat(witness.checkpoint().orElseThrow().cosignedBy(VerifierKey.parse(elsewhere.key())))
                .isEmpty();
    }

    @Test
    void refusesAForkOfTheSameSizeAndAnOlderState() throws Exception {
        witness.ask();
        rewrite(5);
        witness.ask();
        assertThat(witness.problem().map(Problem::kind)).contains(Kind.FORKED);

        witness = witness(OwnLog.CLOCK);
        rewrite(3);
        witness.ask();
        assertThat(witness.problem().map(Problem::kind)).contains(Kind.ROLLED_BACK);
    }

    private void rewrite(int entries) throws Exception {
        log.tamper("truncate audit_entry, audit_log_leaf, audit_log_node, audit_log_checkpoint, audit_log_cosignature");
        Files.delete(files.resolve(log.name).resolve("checkpoint"));
        log.add(entries);
        log.tamper("update audit_entry set sentence = 'Nothing happened'");
        log.seal();
    }

    @Test
    void isMissedOnceItIsSilentForAMinute() throws Exception {
        elsewhere.close();
        witness.ask();
        assertThat(witness.problem()).isEmpty();
        Witness later = witness(Clock.fixed(OwnLog.CLOCK.instant().plus(Duration.ofSeconds(61)), ZoneOffset.UTC));
        later.ask();

        assertThat(later.problem().map(Problem::kind)).contains(Kind.NOT_WITNESSED);
        elsewhere = startedWitness();
        witness(OwnLog.CLOCK).ask();
        assertThat(later.problem()).isEmpty();
    }

    @Test
    void answersAsTheProtocolSays() throws Exception {
        Note first = log.folder.lastCheckpoint().orElseThrow();
        log.add(6);
        log.seal();
        Note second = log.folder.lastCheckpoint().orElseThrow();
        String proof = new MerkleTree(log.store())
                .consistency(5, 11).stream()
                        .map(hash -> Base64.getEncoder().encodeToString(hash) + "\n")
                        .collect(Collectors.joining());

        assertThat(add("old 0\n\n" + first.toString().replace("\n5\n", "\n6\n")).statusCode())
                .isEqualTo(403);
        assertThat(add("old 0\n\n" + other()).statusCode()).isEqualTo(404);
        assertThat(add("nonsense").statusCode()).isEqualTo(400);
        assertThat(add("old 6\n\n" + first).statusCode()).isEqualTo(400);
        assertThat(add("old 5\n" + proof + "\n" + second).statusCode()).isEqualTo(409);
        assertThat(add("old 0\n\n" + first).body()).startsWith("— auditor.example ");
        HttpResponse<String> stale = add("old 0\n\n" + second);
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.headers().firstValue("Content-Type")).contains("text/x.tlog.size");
        assertThat(stale.body()).isEqualTo("5\n");
        assertThat(add("old 5\n\n" + second).statusCode()).isEqualTo(422);
        assertThat(add("old 5\n" + proof + "\n" + second).statusCode()).isEqualTo(200);
        assertThat(add("old 11\n\n" + second).statusCode())
                .as("the same once more")
                .isEqualTo(200);
        assertThat(add("old 0\n\n" + "x".repeat(70_000)).statusCode()).isEqualTo(413);
    }

    private Note other() {
        return new Checkpoint("another", 5, new byte[32]).signed(List.of(SignerKey.make("another", VerifierKey.LOG)));
    }

    private HttpResponse<String> add(String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + elsewhere.port() + "/add-checkpoint"))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void isOneAtATimeInItsFolder() {
        assertThatThrownBy(this::startedWitness).isInstanceOf(IllegalStateException.class);
    }
}
