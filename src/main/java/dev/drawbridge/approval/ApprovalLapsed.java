package dev.drawbridge.approval;

/** A level had its quorum, but who gave it may not any more. The message is a sentence for the requester. */
public class ApprovalLapsed extends RuntimeException {
    ApprovalLapsed(String level) {
        super(
                "The approval at level '" + level + "' counts no more, since who gave it may not give it any more.",
                null,
                false,
                false);
    }
}
