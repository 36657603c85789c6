package dev.drawbridge.audit.log;

import java.util.Arrays;
import java.util.List;

/** Checks proofs (RFC 9162, 2.1.3.2 and 2.1.4.2) with nothing but what is in them. */
final class Proofs {
    private Proofs() {}

    /** Whether a leaf is at this place of the log that had this size and this root. */
    static boolean includes(byte[] root, long size, long index, byte[] leaf, List<byte[]> path) {
        if (index < 0 || index >= size) {
            return false;
        }
        long place = index;
        long last = size - 1;
        byte[] hash = leaf;
        for (byte[] beside : path) {
            if (last == 0) {
                return false;
            }
            if ((place & 1) == 1 || place == last) {
                hash = Hashing.node(beside, hash);
                while ((place & 1) == 0 && place != 0) {
                    place >>= 1;
                    last >>= 1;
                }
            } else {
                hash = Hashing.node(hash, beside);
            }
            place >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }

    /** Whether the log of the smaller size and root is the beginning of that of the larger. */
    static boolean continues(long smaller, byte[] before, long larger, byte[] after, List<byte[]> path) {
        if (smaller < 0 || smaller > larger) {
            return false;
        }
        if (smaller == 0 || smaller == larger) {
            return path.isEmpty()
                    && Arrays.equals(before, smaller == 0 ? Hashing.ofNothing() : after)
                    && (larger > 0 || Arrays.equals(after, Hashing.ofNothing()));
        }
        // Where the smaller log is one complete subtree, its root is known and not in the proof.
        boolean complete = Long.bitCount(smaller) == 1;
        if (!complete && path.isEmpty()) {
            return false;
        }
        long place = smaller - 1;
        long last = larger - 1;
        while ((place & 1) == 1) {
            place >>= 1;
            last >>= 1;
        }
        byte[] old = complete ? before : path.get(0);
        byte[] grown = old;
        for (byte[] beside : path.subList(complete ? 0 : 1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((place & 1) == 1 || place == last) {
                old = Hashing.node(beside, old);
                grown = Hashing.node(beside, grown);
                while ((place & 1) == 0 && place != 0) {
                    place >>= 1;
                    last >>= 1;
                }
            } else {
                grown = Hashing.node(grown, beside);
            }
            place >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(old, before) && Arrays.equals(grown, after);
    }
}
