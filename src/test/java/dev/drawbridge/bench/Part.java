package dev.drawbridge.bench;

/** Something to measure; {@code -Dbench=} names those that are wanted. */
interface Part {
    String name();

    void measure(Report report) throws Exception;
}
