package dev.drawbridge.audit.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Whether the record is as it was sealed. */
@Component
class Verification {
    private static final int SLICE = 10_000;

    private final LogStore store;
    private final LogFolder folder;
    private final SealRounds rounds;
    private final Witness witness;

    Verification(LogStore store, LogFolder folder, SealRounds rounds, Witness witness) {
        this.store = store;
        this.folder = folder;
        this.rounds = rounds;
        this.witness = witness;
    }

    /**
     * What came of it.
     *
     * @param size how many entries were looked at
     * @param root of the log that they come to, in base64
     * @param sealedUntil up to when all that was committed is sealed
     */
    record Verified(boolean ok, long size, String root, Instant sealedUntil, List<Problem> problems) {}

    /** The log computed anew from the entries, all at once. */
    Verified now() {
        return told(begin().toTheEnd(SLICE));
    }

    /** The same, to be done in slices. */
    Recount begin() {
        return new Recount(store, keys(), folder.lastCheckpoint().map(note -> Checkpoint.parse(note.text())));
    }

    /** With what else is known to be wrong at this moment. */
    Verified told(Recount recount) {
        List<Problem> problems = new ArrayList<>(recount.problems());
        rounds.stopped()
                .ifPresent(why -> problems.add(
                        new Problem(null, Problem.Kind.NOT_SEALED, "The record is not sealed any more: " + why)));
        witness.problem().ifPresent(problems::add);
        return new Verified(
                problems.isEmpty(),
                recount.size(),
                Base64.getEncoder().encodeToString(recount.root()),
                rounds.sealedUntil(),
                problems);
    }

    /** Those that may have signed: this node's first, whatever the database says. */
    List<VerifierKey> keys() {
        Stream<VerifierKey> own;
        try {
            own = folder
                    .keys(() -> {
                        throw new CannotSeal("There is no key yet.");
                    })
                    .stream()
                    .map(SignerKey::verifier);
        } catch (CannotSeal none) {
            own = Stream.empty();
        }
        return Stream.concat(own, store.verifiers().stream().flatMap(line -> parsed(line).stream()))
                .distinct()
                .toList();
    }

    private static Optional<VerifierKey> parsed(String line) {
        try {
            return Optional.of(VerifierKey.parse(line));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
