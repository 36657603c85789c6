package dev.drawbridge.console;

import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.guardrails.Finding;
import dev.drawbridge.guardrails.NearMiss;
import dev.drawbridge.guardrails.Receipt;
import dev.drawbridge.guardrails.VerdictOutcome;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A receipt, in plain words. */
@Component
class ReceiptLines {
    /** What was asked for, and who asks, nobody does otherwise the next time. */
    private static final Set<String> GIVEN = Set.of("Wanted", "Requester");

    /**
     * What the page says of it.
     *
     * @param because the sentences of the rules that count for it
     * @param beside those of the others that had something to say
     * @param instead headed lists of what would have helped
     * @param nearly sentences of rules that nearly counted
     * @param seen what the rules went by
     * @param later the judgements since
     */
    public record Page(
            String decided,
            List<String> because,
            List<String> beside,
            List<Ways> instead,
            List<String> nearly,
            List<FactsInWords.Line> seen,
            @Nullable Long publication,
            List<Later> later) {}

    /** What would have helped, and to what. */
    public record Ways(String heading, List<String> ways) {}

    /** A later judgement, as a line. */
    public record Later(String at, String decided, List<String> because) {}

    Page of(Receipt receipt, WallClock clock) {
        return new Page(
                switch (receipt.outcome()) {
                    case ALLOWED -> "The rules allow it: nobody has to agree.";
                    case NEEDS_APPROVAL -> "People have to agree before access is given.";
                    case DENIED -> "The rules refuse it.";
                },
                because(receipt),
                messages(receipt, finding -> !counts(receipt.outcome(), finding)),
                instead(receipt),
                nearly(receipt),
                FactsInWords.of(receipt.facts()),
                receipt.publication(),
                receipt.later().stream().map(later -> later(later, clock)).toList());
    }

    private static Later later(Receipt receipt, WallClock clock) {
        boolean refused = receipt.outcome() == VerdictOutcome.DENIED;
        return new Later(
                clock.moment(receipt.at()),
                refused ? "The rules refused it by then." : "The rules did not refuse it.",
                refused ? because(receipt) : List.of());
    }

    private static List<String> because(Receipt receipt) {
        return messages(receipt, finding -> counts(receipt.outcome(), finding));
    }

    private static boolean counts(VerdictOutcome outcome, Finding finding) {
        return switch (finding.effect()) {
            case DENY, FAILED -> outcome == VerdictOutcome.DENIED;
            case REQUIRE_APPROVAL -> outcome == VerdictOutcome.NEEDS_APPROVAL;
            case ALLOW -> outcome == VerdictOutcome.ALLOWED;
            case LIMIT, OBLIGE -> false;
        };
    }

    private static List<String> messages(Receipt receipt, Predicate<Finding> which) {
        return receipt.fired().stream()
                .filter(which)
                .map(Finding::message)
                .distinct()
                .toList();
    }

    private static List<Ways> instead(Receipt receipt) {
        return Stream.of(
                        new Ways("It would not have been refused", some(receipt.allowedIf())),
                        new Ways("It would have been granted automatically", some(receipt.automaticIf())))
                .filter(ways -> !ways.ways().isEmpty())
                .toList();
    }

    private static List<String> nearly(Receipt receipt) {
        return some(receipt.nearly()).stream()
                .filter(near -> !GIVEN.contains(near.fact()))
                .map(NearMiss::message)
                .toList();
    }

    private static <T> List<T> some(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
