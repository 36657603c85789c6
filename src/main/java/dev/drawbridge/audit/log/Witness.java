package dev.drawbridge.audit.log;

import dev.drawbridge.audit.log.LogStore.Stored;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Has each new checkpoint cosigned by a witness elsewhere (C2SP tlog-witness), where one is configured; nothing waits for it. */
@Component
class Witness {
    private static final Logger log = LoggerFactory.getLogger(Witness.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** So long a checkpoint may be without a cosignature before that is a problem. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final int NO_PROOF = 422;

    private final LogStore store;
    private final @Nullable URI url;
    private final @Nullable VerifierKey key;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private volatile @Nullable Problem refused;
    private volatile @Nullable String trouble;

    Witness(LogStore store, AuditLogSettings settings, Clock clock) {
        this.store = store;
        this.clock = clock;
        String given = settings.witness() == null ? "" : settings.witness().strip();
        this.url = given.isEmpty() ? null : URI.create(given.replaceAll("/+$", "") + "/add-checkpoint");
        this.key = given.isEmpty() ? null : key(settings.witnessKey());
    }

    private static VerifierKey key(@Nullable String given) {
        if (given == null || given.isBlank()) {
            throw new IllegalArgumentException(
                    "drawbridge.audit-log.witness needs drawbridge.audit-log.witness-key: the witness's public key.");
        }
        try {
            return VerifierKey.parse(given.contains("+") ? given : Files.readString(Path.of(given.strip())));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "The file of drawbridge.audit-log.witness-key cannot be read: " + given, unreadable);
        }
    }

    @Scheduled(
            fixedDelayString = "${drawbridge.audit-log.witness-every:PT1S}",
            initialDelayString = "${drawbridge.audit-log.witness-every:PT1S}")
    void ask() {
        if (url == null || key == null) {
            return;
        }
        try {
            Optional<Stored> newest = store.last();
            Optional<Stored> seen = store.lastCosigned(key.name());
            if (newest.isPresent()
                    && seen.map(Stored::size).orElse(-1L) < newest.get().size()) {
                ask(url, key, newest.get(), seen.map(Stored::size).orElse(0L), true);
            }
        } catch (IOException | DataAccessException | CannotSeal failed) {
            tell("it cannot be asked: " + failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(URI where, VerifierKey whose, Stored newest, long old, boolean again)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = post(where, newest, old);
        if (answer.statusCode() == OK) {
            keep(whose, newest, answer.body());
        } else if (answer.statusCode() == CONFLICT && again && sizeIn(answer.body()) >= 0) {
            long theirs = sizeIn(answer.body());
            if (theirs > newest.size()) {
                refuse(
                        Problem.Kind.ROLLED_BACK,
                        "The witness has seen " + theirs + " entries of this log, which has " + newest.size()
                                + " now: an older state of it was brought back.");
            } else {
                ask(where, whose, newest, theirs, false);
            }
        } else if (answer.statusCode() == NO_PROOF || answer.statusCode() == CONFLICT) {
            refuse(
                    Problem.Kind.FORKED,
                    "The witness has seen another log: what it cosigned of it, " + old
                            + " entries, is not how this one begins.");
        } else {
            tell("it answers with status " + answer.statusCode());
        }
    }

    private HttpResponse<String> post(URI where, Stored newest, long old) throws IOException, InterruptedException {
        StringBuilder body = new StringBuilder("old " + old + "\n");
        new MerkleTree(store)
                .consistency(old, newest.size())
                .forEach(hash ->
                        body.append(Base64.getEncoder().encodeToString(hash)).append('\n'));
        return http.send(
                HttpRequest.newBuilder(where)
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofString(body + "\n" + newest.note()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static long sizeIn(String body) {
        try {
            return Long.parseLong(body.strip());
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    private void keep(VerifierKey whose, Stored newest, String lines) {
        Note note = Note.parse(newest.note());
        Optional<String> line = lines.lines()
                .map(one -> one + "\n")
                .filter(one ->
                        new Note(note.text(), List.of(one)).cosignedBy(whose).isPresent())
                .findFirst();
        if (line.isEmpty()) {
            tell("its answer is not signed by its key");
            return;
        }
        store.addCosignature(newest.size(), whose.name(), line.get(), clock.instant());
        refused = null;
        trouble = null;
    }

    private void refuse(Problem.Kind kind, String sentence) {
        if (refused == null) {
            log.error("{}", sentence);
        }
        refused = new Problem(null, kind, sentence);
    }

    private void tell(String why) {
        if (trouble == null) {
            log.warn("The witness has not cosigned the log: {}", why);
        }
        trouble = why;
    }

    /** That it refuses, or has been silent for a while; none where all is well, or no witness is configured. */
    Optional<Problem> problem() {
        if (key == null || refused != null) {
            return Optional.ofNullable(refused);
        }
        return store.last()
                .filter(newest -> store.cosignatures(newest.size()).isEmpty())
                .filter(newest -> clock.instant().isAfter(newest.signedAt().plus(LATE)))
                .map(newest -> new Problem(
                        null,
                        Problem.Kind.NOT_WITNESSED,
                        "The checkpoint of " + newest.size() + " entries has no cosignature of the witness: "
                                + (trouble == null ? "it was not asked yet" : trouble) + "."));
    }

    Optional<VerifierKey> key() {
        return Optional.ofNullable(key);
    }

    /** The newest checkpoint, with what witnesses say to it; the newest that is cosigned, while that is hardly older. */
    Optional<Note> checkpoint() {
        Optional<Stored> newest = store.last();
        Optional<Stored> cosigned = key == null ? Optional.empty() : store.lastCosigned(key.name());
        return newest.map(last -> cosigned.filter(
                                seen -> last.signedAt().isBefore(seen.signedAt().plus(LATE)))
                        .orElse(last))
                .map(stored -> {
                    Note note = Note.parse(stored.note());
                    for (String line : store.cosignatures(stored.size())) {
                        note = note.with(line);
                    }
                    return note;
                });
    }
}
