package dev.drawbridge.audit.log;

import dev.drawbridge.audit.log.LogStore.Running;
import dev.drawbridge.audit.log.LogStore.Stored;
import dev.drawbridge.audit.log.LogStore.Xid;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Adds to the log what has been committed since, in the order of the entries' numbers, and signs what it has come to. Leaves, nodes and
 * checkpoint are one transaction: killed at any moment, no entry is lost or in the log twice. Whoever writes entries never waits for it.
 */
final class Sealer {
    private final LogStore store;
    private final TransactionTemplate transaction;
    private final LogFolder folder;
    private final Supplier<SignerKey> newKey;
    private final Clock clock;
    private final int most;

    /** {@code most}: so many entries at a time. */
    Sealer(DataSource database, LogFolder folder, Supplier<SignerKey> newKey, Clock clock, int most) {
        this.store = new LogStore(JdbcClient.create(database));
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
        this.folder = folder;
        this.newKey = newKey;
        this.clock = clock;
        this.most = most;
    }

    /** What one transaction sealed; {@code since}: what ran when this round began. */
    private record Sealed(
            int entries,
            boolean more,
            long lastEntry,
            Running since,
            @Nullable Note note) {}

    /**
     * Seals all that is committed now; where another node is at it, nothing.
     *
     * @return how many entries
     * @throws CannotSeal where the log must not be gone on with as it is
     */
    long seal() {
        List<SignerKey> keys = folder.keys(newKey);
        long all = 0;
        Sealed sealed = null;
        do {
            Sealed before = sealed;
            sealed = transaction.execute(status -> store.lock() ? sealSome(keys, before) : null);
            if (sealed == null) {
                return all;
            }
            if (sealed.note() != null) {
                // Behind the database, never before it: what is remembered has been there.
                folder.remember(sealed.note());
            }
            all += sealed.entries();
        } while (sealed.more());
        return all;
    }

    private Sealed sealSome(List<SignerKey> keys, @Nullable Sealed before) {
        Optional<Stored> last = store.last();
        Running now = store.running();
        Running since = before == null ? now : before.since();
        Xid from = last.map(Stored::horizon).orElse(Xid.FIRST);
        // Restored into a server that counts anew: what was running there says nothing here.
        boolean elsewhere = now.next().compareTo(from) < 0;
        List<CanonicalEntry> found = store.waiting(
                elsewhere ? Xid.FIRST : from,
                elsewhere ? Xid.LAST : now.next(),
                before == null ? Long.MIN_VALUE : before.lastEntry(),
                most + 1);
        if (found.isEmpty()) {
            return new Sealed(0, false, 0, since, null);
        }
        boolean more = found.size() > most;
        List<CanonicalEntry> entries = more ? found.subList(0, most) : found;
        Growth growth = grownSoFar(keys, last);
        long begins = growth.size();
        List<byte[]> hashes = entries.stream().map(CanonicalEntry::leafHash).toList();
        hashes.forEach(growth::add);
        store.add(begins, entries, hashes, growth.made());
        Checkpoint checkpoint = new Checkpoint(keys.get(0).verifier().name(), growth.size(), growth.root());
        Note note = checkpoint.signed(keys);
        // As long as more follows, what was passed by in the meantime is still to be looked for from where this round
        // began.
        Xid horizon = !more ? since.oldest() : elsewhere ? Xid.FIRST : from;
        store.add(new Stored(
                checkpoint.size(), checkpoint.root(), note.toString(), clock.instant(), horizon, now.next()));
        return new Sealed(entries.size(), more, entries.get(entries.size() - 1).id(), since, note);
    }

    /** The log as it is, if it may be gone on with: nobody gets a signature for another past. */
    private Growth grownSoFar(List<SignerKey> keys, Optional<Stored> last) {
        requireOurKey(keys, last.isEmpty());
        long[] ends = store.ends();
        if (ends[0] != ends[1]) {
            throw new CannotSeal("The log has " + ends[0] + " leaves, and its last checkpoint says " + ends[1] + ".");
        }
        Growth growth = new Growth(ends[1], store);
        if (last.isPresent()
                && !(Arrays.equals(growth.root(), last.get().root())
                        && Arrays.equals(
                                growth.root(),
                                Checkpoint.parse(Note.parse(last.get().note()).text())
                                        .root()))) {
            throw new CannotSeal("The log does not come to the root of its last checkpoint.");
        }
        folder.lastCheckpoint().map(note -> Checkpoint.parse(note.text())).ifPresent(signed -> {
            if (signed.size() > growth.size()) {
                throw new CannotSeal("A checkpoint of " + signed.size() + " entries was signed, and the log has "
                        + growth.size() + ": an older state of the database was brought back.");
            }
            if (!Arrays.equals(new MerkleTree(store).root(signed.size()), signed.root())) {
                throw new CannotSeal(
                        "The log is not the one whose checkpoint of " + signed.size() + " entries was signed.");
            }
        });
        return growth;
    }

    /** A key that nobody knows yet counts from the beginning, or beside the one before it. */
    private void requireOurKey(List<SignerKey> keys, boolean first) {
        List<VerifierKey> known =
                store.verifiers().stream().map(VerifierKey::parse).toList();
        VerifierKey ours = keys.get(0).verifier();
        if (!known.isEmpty() && known.get(0).equals(ours)) {
            return;
        }
        boolean follows = keys.stream()
                .skip(1)
                .anyMatch(key -> Objects.equals(key.verifier(), known.isEmpty() ? null : known.get(0)));
        if (!(known.isEmpty() && first) && !follows || known.contains(ours)) {
            throw new CannotSeal(
                    "The key of this node is not the one that has signed the log so far. All nodes need the same"
                            + " folder (drawbridge.audit-log.directory); for a new key the one before it has to be there, as key.previous.");
        }
        store.addVerifier(ours, clock.instant());
    }
}
