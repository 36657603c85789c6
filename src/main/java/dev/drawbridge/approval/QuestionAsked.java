package dev.drawbridge.approval;

import java.time.Instant;

/**
 * Event: an approver asked back, in the transaction that publishes this.
 *
 * @param answerDueAt until when the requester can answer
 */
public record QuestionAsked(Question question, String levelName, Instant answerDueAt) {}
