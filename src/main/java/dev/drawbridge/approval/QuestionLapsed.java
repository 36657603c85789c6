package dev.drawbridge.approval;

/** Event: nobody answered what an approver asked back, in the transaction that publishes this; the level goes on. */
public record QuestionLapsed(Question question, String levelName) {}
