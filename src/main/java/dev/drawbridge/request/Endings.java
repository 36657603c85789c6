package dev.drawbridge.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.platform.PlainText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Words why a request ended, in one sentence for the person who asked. */
final class Endings {
    private static final Set<String> AGAINST = Set.of("DENY", "FAILED");
    private static final String SYSTEM = "system";

    private Endings() {}

    /**
     * What is on record of an ending.
     *
     * @param afterAccess whether access had been given, or was being set up, and was taken away
     * @param by who ended it; none where the guardrails refused it
     * @param note what was written with it; none where the guardrails refused it
     * @param findings the guardrails'; null where there is no verdict
     */
    record Facts(
            String requester,
            String outcome,
            boolean afterAccess,
            @Nullable String by,
            @Nullable String note,
            @Nullable JsonNode findings,
            List<RequestView.ApprovalView> approvals) {}

    /** {@code names}: the names of the people who have a part in it, by account. */
    static String sentence(Facts facts, Map<String, String> names) {
        String note = facts.note() == null ? "" : facts.note();
        return switch (facts.outcome()) {
            case "DENIED" -> orElse(against(facts.findings()), orElse(note, "The guardrails refused it."));
            case "REJECTED" ->
                facts.approvals().stream()
                        .filter(answer -> answer.decision().equals("reject"))
                        .findFirst()
                        .map(answer ->
                                names.get(answer.approver()) + " refused it: " + PlainText.quoted(answer.comment()))
                        .orElse(note);
            case "EXTENDED" -> "More time was given.";
            case "EXPIRED" -> "Its time was over.";
            case "RETURNED" -> "It was handed back.";
            case "REVOKED" ->
                byHand(facts, names, "revoked it", note, ("It was ended before its time. " + note).strip());
            case "FAILED" ->
                byHand(facts, names, "ended it", note, facts.afterAccess() ? "It never became usable." : note);
            default -> byHand(facts, names, "ended it", note, note);
        };
    }

    /** The words of a person are quoted, with their name; what the product or the requester does itself is told plainly. */
    private static String byHand(Facts facts, Map<String, String> names, String did, String note, String otherwise) {
        String by = facts.by();
        if (by == null || by.equals(SYSTEM) || by.equals(facts.requester())) {
            return otherwise;
        }
        return names.get(by) + " " + did + (note.isEmpty() ? "." : ": " + PlainText.quoted(note));
    }

    private static String against(@Nullable JsonNode findings) {
        return findings == null
                ? ""
                : StreamSupport.stream(findings.spliterator(), false)
                        .filter(finding ->
                                AGAINST.contains(finding.path("effect").asText()))
                        .map(finding -> finding.path("message").asText())
                        .distinct()
                        .collect(Collectors.joining(" "));
    }

    private static String orElse(String sentence, String other) {
        return sentence.isEmpty() ? other : sentence;
    }
}
