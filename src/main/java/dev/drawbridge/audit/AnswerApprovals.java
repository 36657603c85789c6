package dev.drawbridge.audit;

import dev.drawbridge.catalog.KnownEntitlements;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.PlainText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers who approved for whom, and in whose place. */
@Component
class AnswerApprovals {
    private final Answers answers;
    private final Directory people;
    private final KnownEntitlements entitlements;

    AnswerApprovals(Answers answers, Directory people, KnownEntitlements entitlements) {
        this.answers = answers;
        this.people = people;
        this.entitlements = entitlements;
    }

    AuditQuestions.Answer answer(AuditQuestions.Put put, @Nullable String after, int size) {
        String question = put.question().name();
        Answers.Which which = new Answers.Which(
                question.equals("who-approved-for") ? put.person() : null,
                question.equals("whom-did-they-approve-for") ? put.person() : null,
                question.equals("approvals-by-deputies"),
                put.from(),
                put.to());
        List<Answers.Given> found = answers.page(which, after == null ? null : Mark.ofRequests(after), size);
        List<Answers.Given> shown = found.subList(0, Math.min(size, found.size()));
        TreeSet<String> ids = new TreeSet<>();
        shown.forEach(
                one -> Stream.concat(Stream.of(one.requester(), one.approver()), Stream.ofNullable(one.forPerson()))
                        .forEach(ids::add));
        Map<String, String> names = people.namesById(ids);
        Map<String, String> things = new HashMap<>();
        shown.forEach(one -> things.computeIfAbsent(
                one.entitlement(),
                id -> entitlements.find(id).map(KnownEntitlements.Known::name).orElse(id)));
        Answers.Given last = shown.isEmpty() ? null : shown.get(shown.size() - 1);
        return new AuditQuestions.Answer(
                put.question(),
                shown.stream().map(one -> line(one, names, things)).toList(),
                found.size() > size && last != null
                        ? new Mark(last.at(), last.request().toString()).written()
                        : null);
    }

    private static AuditQuestions.Line line(Answers.Given one, Map<String, String> names, Map<String, String> things) {
        String requester = names.getOrDefault(one.requester(), one.requester());
        String sentence = names.getOrDefault(one.approver(), one.approver())
                + (one.decision().equals("approve") ? " approved " : " refused ")
                + things.getOrDefault(one.entitlement(), one.entitlement()) + " for " + requester
                + Names.at(one.level())
                + (one.forPerson() == null
                        ? ""
                        : " in place of " + names.getOrDefault(one.forPerson(), one.forPerson()))
                + (one.comment().isEmpty() ? "." : ": " + PlainText.quoted(one.comment()));
        return new AuditQuestions.Line(
                one.at(), null, false, one.requester(), requester, one.entitlement(), one.request(), null, sentence);
    }
}
