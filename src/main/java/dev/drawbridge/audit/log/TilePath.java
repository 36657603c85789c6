package dev.drawbridge.audit.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tile as C2SP names it: {@code <level>/<number>[.p/<width>]}.
 *
 * @param level {@link #ENTRIES} for the entries themselves
 * @param width how many hashes or entries it has, at most 256
 */
record TilePath(int level, long number, int width) {
    static final int ENTRIES = -1;

    private static final Pattern PATH = Pattern.compile(
            "(entries|[0-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    /** None where this is the name of no tile. */
    static Optional<TilePath> parse(String path) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int level = parts.group(1).equals("entries") ? ENTRIES : Integer.parseInt(parts.group(1));
        long number = Long.parseLong(parts.group(2).replace("x", "").replace("/", ""));
        int width = parts.group(3) == null ? MerkleTree.WIDTH : Integer.parseInt(parts.group(3));
        TilePath tile = new TilePath(level, number, Math.min(width, MerkleTree.WIDTH));
        // One name for each: leading groups of zeros, and a whole tile named as a part, are others.
        return tile.toString().equals(path) ? Optional.of(tile) : Optional.empty();
    }

    long from() {
        return number * MerkleTree.WIDTH;
    }

    @Override
    public String toString() {
        Deque<String> groups = new ArrayDeque<>();
        groups.push(String.format("%03d", number % 1000));
        for (long above = number / 1000; above > 0; above /= 1000) {
            groups.push(String.format("x%03d", above % 1000));
        }
        return (level == ENTRIES ? "entries" : level) + "/" + String.join("/", groups)
                + (width == MerkleTree.WIDTH ? "" : ".p/" + width);
    }
}
