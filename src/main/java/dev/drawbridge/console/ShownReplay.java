package dev.drawbridge.console;

import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.guardrails.ReplayReport;
import java.util.List;

/**
 * What a publication would have said to past requests, as people read it.
 *
 * @param told how many verdicts would be others, in a sentence
 * @param requests those, the latest first; not all where there are many
 */
record ShownReplay(
        String told,
        List<String> changes,
        List<ReplayReport.Counted> byRule,
        List<ReplayReport.Counted> byPerson,
        List<Request> requests,
        String uncertain) {
    private static final int SHOWN = 50;

    /** One that would have been decided otherwise. */
    record Request(String id, String requester, String entitlement, String at, String change) {}

    static ShownReplay of(ReplayReport report, WallClock clock) {
        ReplayReport.Part certain = report.certain();
        return new ShownReplay(
                certain.changed() == 0
                        ? "None of " + report.judgements() + " judgements would have been another."
                        : certain.changed() + " requests would have been decided otherwise, of " + report.judgements()
                                + " judgements.",
                certain.changes().stream()
                        .map(change -> change.requests() + " × " + change(change.from(), change.to()))
                        .toList(),
                certain.byRule(),
                certain.byPerson(),
                certain.requests().stream()
                        .limit(SHOWN)
                        .map(one -> new Request(
                                one.request().toString(),
                                one.requester(),
                                one.entitlement(),
                                clock.moment(one.judgedAt()),
                                change(one.from().outcome(), one.to().outcome())))
                        .toList(),
                report.uncertain().changed() == 0
                        ? ""
                        : report.uncertain().changed()
                                + " more hang on what had been given before, or was held; by other rules that would have been"
                                + " otherwise too.");
    }

    private static String change(ReplayReport.Outcome from, ReplayReport.Outcome to) {
        return from == to ? words(from) + ", by others or for another time" : words(from) + " → " + words(to);
    }

    private static String words(ReplayReport.Outcome outcome) {
        return switch (outcome) {
            case ALLOWED -> "granted";
            case NEEDS_APPROVAL -> "asks people";
            case DENIED -> "refused";
            case NOT_OFFERED -> "not offered";
        };
    }
}
