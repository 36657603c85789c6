package dev.drawbridge.approval;

/** Event: the requester answered what an approver asked back, in the transaction that publishes this. */
public record QuestionAnswered(Question question, String answeredBy, String levelName) {}
