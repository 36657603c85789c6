package dev.drawbridge.platform;

/** Something that all nodes on one database should run the same of; where they do not, health says so. */
public interface SameOnAllNodes {
    /** What it is, in a word or two: {@code publication}. */
    String part();

    /** The same on two nodes that run the same of it. */
    String fingerprint();
}
