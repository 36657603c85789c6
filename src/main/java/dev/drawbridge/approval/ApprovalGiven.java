package dev.drawbridge.approval;

/** Event: somebody answered, in the transaction that publishes this. */
public record ApprovalGiven(Approval approval, String levelName) {}
