package dev.drawbridge.audit.log;

import java.util.ArrayList;
import java.util.List;

/** Roots and proofs (RFC 6962, 2.1) out of hashes that are kept by tiles. */
final class MerkleTree {
    /** Each kept level is eight levels of the tree above the one before. */
    static final int HEIGHT = 8;

    static final int WIDTH = 1 << HEIGHT;

    private final StoredHashes hashes;

    MerkleTree(StoredHashes hashes) {
        this.hashes = hashes;
    }

    byte[] root(long size) {
        return size == 0 ? Hashing.ofNothing() : hash(0, size);
    }

    /** What leads from a leaf to the root of the log when it had this size, from the bottom up. */
    List<byte[]> inclusion(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("Leaf " + index + " is not in a log of " + size);
        }
        List<byte[]> path = new ArrayList<>();
        path(index, 0, size, path);
        return path;
    }

    private void path(long index, long from, long to, List<byte[]> path) {
        if (to - from == 1) {
            return;
        }
        long middle = from + split(to - from);
        if (index < middle) {
            path(index, from, middle, path);
            path.add(hash(middle, to));
        } else {
            path(index, middle, to, path);
            path.add(hash(from, middle));
        }
    }

    /** What shows that the log of the smaller size is the beginning of that of the larger one; empty where that needs no proof. */
    List<byte[]> consistency(long smaller, long larger) {
        if (smaller < 0 || smaller > larger) {
            throw new IllegalArgumentException("A log of " + smaller + " is not before one of " + larger);
        }
        List<byte[]> path = new ArrayList<>();
        if (smaller > 0 && smaller < larger) {
            consistency(smaller, 0, larger, true, path);
        }
        return path;
    }

    private void consistency(long smaller, long from, long to, boolean known, List<byte[]> path) {
        if (smaller == to) {
            if (!known) {
                path.add(hash(from, to));
            }
            return;
        }
        long middle = from + split(to - from);
        if (smaller <= middle) {
            consistency(smaller, from, middle, known, path);
            path.add(hash(middle, to));
        } else {
            consistency(smaller, middle, to, false, path);
            path.add(hash(from, middle));
        }
    }

    private byte[] hash(long from, long to) {
        long width = to - from;
        if (Long.bitCount(width) == 1) {
            return subtree(Long.numberOfTrailingZeros(width), from / width);
        }
        long middle = from + split(width);
        return Hashing.node(hash(from, middle), hash(middle, to));
    }

    /** The root of a complete subtree, out of at most one tile. */
    private byte[] subtree(int height, long number) {
        int above = height % HEIGHT;
        return rootOf(hashes.read(height / HEIGHT, number << above, 1 << above));
    }

    /** The root of as many hashes as a power of two. */
    static byte[] rootOf(List<byte[]> complete) {
        List<byte[]> row = complete;
        while (row.size() > 1) {
            List<byte[]> above = new ArrayList<>(row.size() / 2);
            for (int left = 0; left < row.size(); left += 2) {
                above.add(Hashing.node(row.get(left), row.get(left + 1)));
            }
            row = above;
        }
        return row.get(0);
    }

    /** The largest power of two that is smaller than this. */
    private static long split(long width) {
        return Long.highestOneBit(width - 1);
    }
}
