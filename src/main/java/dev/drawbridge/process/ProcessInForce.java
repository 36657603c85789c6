package dev.drawbridge.process;

/** Knows the process that requests go by; who publishes, downstream, implements it. */
public interface ProcessInForce {
    /** What the engine calls the version that the running command goes by. */
    String definition();

    /** Whether this is that version, or that of what was published this moment, by which the command goes from here on. */
    boolean isInForce(String definition);
}
