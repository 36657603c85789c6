package dev.drawbridge.process;

import java.time.Instant;

/**
 * The server's folder, which has changed, took the place of what a person had published while it ran.
 *
 * @param by who had published what is replaced
 * @param at when
 * @param deployment the engine's id of what is replaced
 */
public record ProcessesReplaced(String by, Instant at, String deployment) {}
