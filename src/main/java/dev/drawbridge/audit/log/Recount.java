package dev.drawbridge.audit.log;

import dev.drawbridge.audit.log.LogStore.Leaf;
import dev.drawbridge.audit.log.LogStore.Stored;
import dev.drawbridge.audit.log.LogStore.Xid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Computes the log anew from the entries, slice by slice, and holds it against every checkpoint that was given out. Each entry is held
 * against its leaf, the leaves against the checkpoints: so that the first entry that is not as it was has a name.
 */
final class Recount {
    private static final int MOST_TOLD = 100;
    /** So many rounds may pass between the moment at which an entry gets its number and that at which it has a transaction. */
    private static final int ROUNDS = 3;

    private static final int REMEMBERED = 1_000;

    private final LogStore store;
    private final List<VerifierKey> keys;
    private final Optional<Checkpoint> remembered;
    private final long end;
    private final List<Problem> problems = new ArrayList<>();
    private final Growth growth = new Growth();
    private final Deque<Round> rounds = new ArrayDeque<>();
    private long next;
    private long batchFrom;
    private long lastEntry = Long.MIN_VALUE;
    private long highest = Long.MIN_VALUE;
    private @Nullable Long suspect;
    private boolean comparable = true;
    private boolean isOver;

    /** The highest number that a round of sealing had seen, and the first transaction that had not begun then. */
    private record Round(Xid begun, long highest) {}

    /**
     * Of the log as it is now.
     *
     * @param keys those that may have signed it
     * @param remembered the last checkpoint that is known elsewhere than in the database
     */
    Recount(LogStore store, List<VerifierKey> keys, Optional<Checkpoint> remembered) {
        this.store = store;
        this.keys = keys;
        this.remembered = remembered;
        this.end = store.ends()[1];
    }

    long size() {
        return growth.size();
    }

    byte[] root() {
        return growth.root();
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    boolean isOver() {
        return isOver;
    }

    Recount toTheEnd(int slice) {
        while (!isOver) {
            step(slice);
        }
        return this;
    }

    /** Looks at so many leaves more. */
    void step(int most) {
        List<Leaf> leaves = next >= end ? List.of() : store.leaves(next, (int) Math.min(most, end - next));
        if (leaves.isEmpty()) {
            finish();
            return;
        }
        long to = leaves.get(leaves.size() - 1).position() + 1;
        Deque<Stored> checkpoints = new ArrayDeque<>(store.checkpoints(next, to));
        for (Leaf leaf : leaves) {
            look(leaf);
            while (!checkpoints.isEmpty() && checkpoints.peek().size() <= next) {
                compare(checkpoints.remove());
            }
        }
        compareNodes();
        if (next >= end) {
            finish();
        }
    }

    private void look(Leaf leaf) {
        if (leaf.position() != next) {
            found(
                    null,
                    Problem.Kind.MISSING,
                    "Of the log, " + (leaf.position() - next) + " places are gone, from place " + next
                            + " on, before entry " + leaf.entryId() + ".");
            comparable = false;
        }
        CanonicalEntry entry = leaf.entry();
        if (entry == null) {
            found(
                    leaf.entryId(),
                    Problem.Kind.MISSING,
                    "Entry " + leaf.entryId() + " is gone; it was sealed at place " + leaf.position() + ".");
        } else if (!Arrays.equals(entry.leafHash(), leaf.hash())) {
            found(
                    leaf.entryId(),
                    Problem.Kind.EDITED,
                    "Entry " + leaf.entryId() + " is not what was sealed at place " + leaf.position() + ".");
        } else if (leaf.xid() != null) {
            lookAtOrder(leaf, leaf.xid());
        }
        growth.add(leaf.hash());
        next = leaf.position() + 1;
        lastEntry = leaf.entryId();
        highest = Math.max(highest, leaf.entryId());
    }

    private void lookAtOrder(Leaf leaf, Xid xid) {
        if (leaf.position() > batchFrom && leaf.entryId() <= lastEntry) {
            found(
                    leaf.entryId(),
                    Problem.Kind.REORDERED,
                    "Entry " + leaf.entryId() + " stands behind entry " + lastEntry
                            + ", and was sealed together with it, before it.");
        } else if (rounds.size() >= ROUNDS && olderThanItsNumber(leaf.entryId(), xid)) {
            found(
                    leaf.entryId(),
                    Problem.Kind.INSERTED,
                    "Entry " + leaf.entryId() + " was put among older ones: its number had been"
                            + " passed when it was added.");
        }
    }

    /** Whether higher numbers had been sealed before its transaction had begun. */
    private boolean olderThanItsNumber(long entry, Xid xid) {
        int behind = 0;
        for (Round round : rounds) {
            behind++;
            if (behind >= ROUNDS && round.begun().compareTo(xid) <= 0) {
                return entry < round.highest();
            }
        }
        return false;
    }

    private void compare(Stored checkpoint) {
        Optional<Checkpoint> signed = signed(checkpoint);
        if (signed.isEmpty()) {
            found(
                    null,
                    Problem.Kind.FORGED,
                    "The checkpoint of " + checkpoint.size() + " entries is not signed by the key of this log.");
        } else if (comparable
                && growth.size() == checkpoint.size()
                && !Arrays.equals(growth.root(), signed.get().root())) {
            comparable = false;
            if (suspect == null) {
                tellChanged(checkpoint);
            }
        }
        // A server that counts its transactions anew: what was before says nothing about what follows.
        if (!rounds.isEmpty() && checkpoint.begun().compareTo(rounds.peek().begun()) < 0) {
            rounds.clear();
        }
        rounds.push(new Round(checkpoint.begun(), highest));
        if (rounds.size() > REMEMBERED) {
            rounds.removeLast();
        }
        batchFrom = checkpoint.size();
        suspect = null;
    }

    private void tellChanged(Stored checkpoint) {
        long first = store.leaves(batchFrom, 1).get(0).entryId();
        found(
                first,
                Problem.Kind.EDITED,
                (first == lastEntry
                                ? "Entry " + first + " is"
                                : "Of the entries from " + first + " to " + lastEntry + " (places " + batchFrom + " to "
                                        + (checkpoint.size() - 1) + ") at least one is")
                        + " not what was sealed, and its hash was changed with it: the root is not the one that was signed on "
                        + checkpoint.signedAt() + ".");
    }

    private Optional<Checkpoint> signed(Stored stored) {
        try {
            Note note = Note.parse(stored.note());
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            return keys.stream().anyMatch(note::isSignedBy)
                            && checkpoint.size() == stored.size()
                            && keys.stream().anyMatch(key -> key.name().equals(checkpoint.origin()))
                            && Arrays.equals(checkpoint.root(), stored.root())
                    ? Optional.of(checkpoint)
                    : Optional.empty();
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private void compareNodes() {
        for (Growth.Node node : growth.made()) {
            List<byte[]> kept = store.stored(node.level(), node.position(), 1);
            if (comparable && (kept.isEmpty() || !Arrays.equals(kept.get(0), node.hash()))) {
                found(
                        null,
                        kept.isEmpty() ? Problem.Kind.MISSING : Problem.Kind.EDITED,
                        "The hash " + node.position() + " at level " + node.level()
                                + " of the log is not what its entries come to.");
            }
        }
    }

    /** What is found wrong above says more of what is wrong than that a log of another root was signed. */
    private void compareRemembered() {
        remembered.ifPresent(signed -> {
            long[] ends = store.ends();
            long size = Math.min(ends[0], ends[1]);
            if (signed.size() > size) {
                found(
                        null,
                        Problem.Kind.ROLLED_BACK,
                        "A checkpoint of " + signed.size() + " entries was given out, and the log has " + size
                                + ": an older state of it was brought back.");
            } else if (problems.isEmpty()
                    && signed.size() > 0
                    && !Arrays.equals(rootOrNothing(signed.size()), signed.root())) {
                found(
                        null,
                        Problem.Kind.FORKED,
                        "The log is another than the one whose checkpoint of " + signed.size()
                                + " entries was given out.");
            }
        });
    }

    private byte[] rootOrNothing(long size) {
        try {
            return new MerkleTree(store).root(size);
        } catch (CannotSeal gone) {
            return new byte[0];
        }
    }

    private void finish() {
        isOver = true;
        long[] ends = store.ends();
        if (next < end) {
            found(
                    null,
                    Problem.Kind.TRUNCATED,
                    "The log ends behind entry " + lastEntry + " at place " + (next - 1) + ", and a checkpoint of "
                            + end + " entries was given out.");
        }
        if (ends[0] > ends[1]) {
            Long first = store.leaves(ends[1], 1).stream()
                    .map(Leaf::entryId)
                    .findFirst()
                    .orElse(null);
            found(
                    first,
                    Problem.Kind.INSERTED,
                    "The log has places beyond its last checkpoint, from " + ends[1] + " on.");
        }
        for (long entry : store.passedOver(MOST_TOLD)) {
            found(entry, Problem.Kind.INSERTED, "Entry " + entry + " is not in the log, although all of its time are.");
        }
        compareRemembered();
    }

    private void found(@Nullable Long entry, Problem.Kind kind, String sentence) {
        suspect = entry == null ? next : entry;
        if (problems.size() < MOST_TOLD) {
            problems.add(new Problem(entry, kind, sentence));
        }
    }
}
