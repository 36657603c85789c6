package dev.drawbridge.audit.log;

import java.util.List;

/**
 * The hashes of a log as they are kept: those of the leaves (level 0), and for each level above it the root of every 256 that are
 * complete below.
 */
@FunctionalInterface
interface StoredHashes {
    /** So many hashes of a level from a position on; all of them are there. */
    List<byte[]> read(int level, long from, int count);
}
