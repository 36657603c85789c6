package dev.drawbridge.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.catalog.KnownEntitlements;
import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.request.InWords;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers who held what when, and why. */
@Component
class AnswerHeld {
    private final HeldAccess access;
    private final Directory people;
    private final KnownEntitlements entitlements;

    AnswerHeld(HeldAccess access, Directory people, KnownEntitlements entitlements) {
        this.access = access;
        this.people = people;
        this.entitlements = entitlements;
    }

    AuditQuestions.Answer answer(AuditQuestions.Put put, @Nullable String after, int size) {
        String question = put.question().name();
        HeldAccess.Which which = new HeldAccess.Which(
                put.person(),
                put.entitlement(),
                put.from(),
                put.to(),
                question.equals("who-has-access-now"),
                question.equals("granted-without-a-human"),
                question.equals("access-never-used"));
        List<HeldAccess.Held> found = access.page(which, after == null ? null : Mark.ofRequests(after), size);
        List<HeldAccess.Held> shown = found.subList(0, Math.min(size, found.size()));
        TreeSet<String> ids = new TreeSet<>();
        shown.forEach(one -> {
            ids.add(one.requester());
            one.answers().forEach(answer -> {
                ids.add(answer.path("approver").asText());
                ids.add(answer.path("forPerson").asText());
            });
        });
        Map<String, String> names = people.namesById(ids);
        Map<String, String> things = new HashMap<>();
        shown.forEach(one -> things.computeIfAbsent(
                one.entitlement(),
                id -> entitlements.find(id).map(KnownEntitlements.Known::name).orElse(id)));
        HeldAccess.Held last = shown.isEmpty() ? null : shown.get(shown.size() - 1);
        return new AuditQuestions.Answer(
                put.question(),
                shown.stream().map(one -> line(one, names, things, put.clock())).toList(),
                found.size() > size && last != null
                        ? new Mark(last.from(), last.request().toString()).written()
                        : null);
    }

    private static AuditQuestions.Line line(
            HeldAccess.Held one, Map<String, String> names, Map<String, String> things, WallClock clock) {
        String who = names.getOrDefault(one.requester(), one.requester());
        Instant until = one.until();
        List<String> sentence = new ArrayList<>();
        String what = things.getOrDefault(one.entitlement(), one.entitlement());
        if (until == null) {
            sentence.add(who + " has " + what + " since " + clock.moment(one.from())
                    + (one.lasts() == null ? "." : ", until " + clock.moment(one.lasts()) + "."));
        } else {
            sentence.add(who + " had " + what + " from " + clock.moment(one.from()) + " until " + clock.moment(until)
                    + ", " + length(one.from(), until) + end(one.endReason()) + ".");
        }
        sentence.add(why(one, names));
        if (!one.revealed()) {
            sentence.add("No credential was ever revealed.");
        }
        return new AuditQuestions.Line(
                one.from(),
                until,
                until == null,
                one.requester(),
                who,
                one.entitlement(),
                one.request(),
                null,
                String.join(" ", sentence));
    }

    private static String length(Instant from, Instant until) {
        Duration length = Duration.between(from, until);
        return length.compareTo(Duration.ofMinutes(1)) < 0
                ? "less than a minute"
                : "for " + InWords.length(length.truncatedTo(ChronoUnit.MINUTES));
    }

    private static String end(@Nullable String reason) {
        return switch (Objects.requireNonNullElse(reason, "")) {
            case "RETURNED" -> "; it was handed back";
            case "REVOKED" -> "; it was revoked";
            case "EXPIRED" -> "; its time was over";
            default -> "";
        };
    }

    private static String why(HeldAccess.Held one, Map<String, String> names) {
        if (one.byRules()) {
            return "Nobody had to agree: " + messages(one.findings(), "ALLOW");
        }
        String by = StreamSupport.stream(one.answers().spliterator(), false)
                .map(answer -> name(names, answer.path("approver"))
                        + Names.at(answer.path("level").asText())
                        + (answer.path("forPerson").isTextual()
                                ? " in place of " + name(names, answer.path("forPerson"))
                                : ""))
                .collect(Collectors.joining(", then "));
        return by.isEmpty() ? "Who agreed is not on record." : "Approved by " + by + ".";
    }

    private static String name(Map<String, String> names, JsonNode id) {
        return names.getOrDefault(id.asText(), id.asText());
    }

    private static String messages(JsonNode findings, String effect) {
        return StreamSupport.stream(findings.spliterator(), false)
                .filter(finding -> finding.path("effect").asText().equals(effect))
                .map(finding -> finding.path("message").asText())
                .distinct()
                .collect(Collectors.joining(" "));
    }
}
