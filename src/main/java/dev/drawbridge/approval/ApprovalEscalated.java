package dev.drawbridge.approval;

/** Event: a tier was added to a level, in the transaction that publishes this. */
public record ApprovalEscalated(Escalation escalation, String levelName) {}
