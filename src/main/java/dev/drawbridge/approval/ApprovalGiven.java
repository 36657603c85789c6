package dev.drawbridge.approval;

import java.util.List;

/**
 * Event: somebody answered, in the transaction that publishes this.
 *
 * @param levelIsOver whether the level needs no further answer
 * @param othersAsked who had been asked as well and has not answered, by id
 */
public record ApprovalGiven(Approval approval, String levelName, boolean levelIsOver, List<String> othersAsked) {}
