package dev.drawbridge.approval;

import java.util.List;

/**
 * Event: a tier was added to a level, in the transaction that publishes this.
 *
 * @param added who may now answer as well, by id
 */
public record ApprovalEscalated(Escalation escalation, String levelName, List<String> added) {}
