package dev.drawbridge.audit.log;

import java.util.ArrayList;
import java.util.List;

/** The right edge of a log, which is all that is needed to add to it: at most 255 hashes a level. */
final class Growth {
    private final List<List<byte[]>> levels = new ArrayList<>();
    private final List<Node> made = new ArrayList<>();
    private long size;

    /** The root of 256 hashes that have become complete: at a level from 1 on, and its place there. */
    record Node(int level, long position, byte[] hash) {}

    /** A log in which there is nothing yet. */
    Growth() {}

    /** Goes on where a log of this size ended. */
    Growth(long size, StoredHashes hashes) {
        this.size = size;
        for (int level = 0; size >> level * MerkleTree.HEIGHT > 0; level++) {
            long here = size >> level * MerkleTree.HEIGHT;
            int edge = (int) (here % MerkleTree.WIDTH);
            levels.add(new ArrayList<>(edge == 0 ? List.of() : hashes.read(level, here - edge, edge)));
        }
    }

    long size() {
        return size;
    }

    void add(byte[] leaf) {
        add(0, leaf);
        size++;
    }

    private void add(int level, byte[] hash) {
        if (level == levels.size()) {
            levels.add(new ArrayList<>());
        }
        List<byte[]> edge = levels.get(level);
        edge.add(hash);
        if (edge.size() == MerkleTree.WIDTH) {
            byte[] root = MerkleTree.rootOf(edge);
            edge.clear();
            long position = size >> (level + 1) * MerkleTree.HEIGHT;
            made.add(new Node(level + 1, position, root));
            add(level + 1, root);
        }
    }

    /** Those nodes that have become complete since this was last asked. */
    List<Node> made() {
        List<Node> taken = List.copyOf(made);
        made.clear();
        return taken;
    }

    byte[] root() {
        byte[] root = null;
        for (List<byte[]> edge : levels) {
            for (int to = edge.size(); to > 0; to = to & (to - 1)) {
                byte[] subtree = MerkleTree.rootOf(edge.subList(to & (to - 1), to));
                root = root == null ? subtree : Hashing.node(subtree, root);
            }
        }
        return root == null ? Hashing.ofNothing() : root;
    }
}
