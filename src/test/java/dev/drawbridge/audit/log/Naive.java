package dev.drawbridge.audit.log;

import java.util.ArrayList;
import java.util.List;

/** RFC 6962, section 2.1, word for word and slowly: a log as a list. */
record Naive(List<byte[]> leaves) implements StoredHashes {
    static Naive of(int size) {
        List<byte[]> leaves = new ArrayList<>();
        for (int leaf = 0; leaf < size; leaf++) {
            leaves.add(Hashing.leaf(("entry " + leaf).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        return new Naive(leaves);
    }

    Naive first(long size) {
        return new Naive(leaves.subList(0, (int) size));
    }

    byte[] root() {
        return root(leaves);
    }

    private static byte[] root(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            return Hashing.ofNothing();
        }
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int left = 1;
        while (left * 2 < leaves.size()) {
            left *= 2;
        }
        return Hashing.node(root(leaves.subList(0, left)), root(leaves.subList(left, leaves.size())));
    }

    @Override
    public List<byte[]> read(int level, long from, int count) {
        int width = 1 << level * MerkleTree.HEIGHT;
        List<byte[]> read = new ArrayList<>();
        for (long position = from; position < from + count; position++) {
            read.add(root(leaves.subList((int) position * width, (int) (position + 1) * width)));
        }
        return read;
    }
}
