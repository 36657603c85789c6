package dev.drawbridge.guardrails.facts;

/**
 * What a rule may do; each call makes one finding, whose sentence is the name of the rule. It says so to editors of
 * rules; nothing implements it, since the calls are read from the file and never compiled.
 */
public interface Guardrail {
    void deny();

    /** The level is one of {@code rules/levels.yaml}. */
    void requireApproval(String level);

    void allow();

    /** At most this ISO-8601 duration. */
    void limit(String duration);

    /** A condition that the access carries, such as {@code masked-columns}. */
    void oblige(String obligation);
}
