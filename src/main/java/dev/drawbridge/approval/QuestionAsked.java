package dev.drawbridge.approval;

/** Event: an approver asked back, or the requester answered, in the transaction that publishes this. */
public record QuestionAsked(Question question, String levelName) {}
