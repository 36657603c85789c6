package dev.drawbridge.approval;

import dev.drawbridge.approval.Approval.Decision;
import dev.drawbridge.directory.AccountIds;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.guardrails.RecordedVerdict;
import dev.drawbridge.guardrails.Verdict;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.request.AccessRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One request with everything on record about its approval, read at once. It never changes; what follows from it is here and
 * nowhere else.
 *
 * @param answers oldest first
 * @param goneApprovers who answered with an account that is gone, whoever has its id now
 * @param questions oldest first
 * @param tiers that were added to a level, in their order
 * @param handOvers that were not handed back, between accounts that are there still, oldest first
 * @param settled whether something has become of it: it was denied, has ended, or access was given for it
 */
public record ApprovalCase(
        AccessRequest request,
        RecordedVerdict verdict,
        List<Approval> answers,
        Set<String> goneApprovers,
        List<Question> questions,
        List<Escalation> tiers,
        List<Reminder> reminders,
        List<HandOverFact> handOvers,
        boolean settled) {
    public ApprovalCase {
        answers = List.copyOf(answers);
        goneApprovers = Set.copyOf(goneApprovers);
        questions = List.copyOf(questions);
        tiers = List.copyOf(tiers);
        reminders = List.copyOf(reminders);
        handOvers = List.copyOf(handOvers);
    }

    /** One reminder of a level's people; both count from 0 and 1. */
    record Reminder(int level, int number) {}

    /** One person's answer at a level, in the hands of another. */
    record HandOverFact(UUID id, int level, String from, String to) {}

    /** The request's. */
    public UUID id() {
        return request.id();
    }

    /** The levels that the verdict asks for, in order; none where it asks for nobody. */
    public List<Level> levels() {
        return verdict.verdict() instanceof Verdict.NeedsApproval needed ? needed.levels() : List.of();
    }

    /** Levels are named by their position in the verdict, from 0. */
    public Level level(int position) {
        return levels().get(position);
    }

    /** The position of the first level that has not had its quorum; none once all have, or somebody has refused. */
    public Optional<Integer> open() {
        return isRejected()
                ? Optional.empty()
                : IntStream.range(0, levels().size())
                        .filter(position ->
                                approvals(position) < level(position).quorum())
                        .boxed()
                        .findFirst();
    }

    /** Whether it waits for approvers. */
    public boolean waits() {
        return !settled && open().isPresent();
    }

    boolean isRejected() {
        return answers.stream().anyMatch(answer -> answer.decision() == Decision.REJECT);
    }

    /** How many people have approved at a level. */
    int approvals(int position) {
        return (int) answers.stream()
                .filter(answer -> answer.level() == position && answer.decision() == Decision.APPROVE)
                .map(Approval::approver)
                .map(AccountIds::oneOf)
                .distinct()
                .count();
    }

    /** What is left of what was asked for, once each approver has narrowed it as they did. */
    public Scope scope() {
        return answers.stream()
                .flatMap(answer -> Stream.ofNullable(answer.narrowedTo()))
                .reduce(new Scope(request.entitlement(), request.duration()), (wider, narrower) -> narrower);
    }

    /** Whether this person has answered, or somebody in their place. */
    boolean hasBeenHeard(String person) {
        return answers.stream()
                .anyMatch(answer ->
                        AccountIds.isOne(person, answer.approver()) || AccountIds.isOne(person, answer.forPerson()));
    }

    /** Refuses who has answered, or for whom somebody has. */
    public void requireUnheard(String person) {
        if (hasBeenHeard(person)) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "already-answered",
                    "You have already answered on this request, or somebody has for you; each approval has to come from"
                            + " another person.");
        }
    }

    /** What the requester has been asked and has not answered; the level's clock stands still. */
    public Optional<Question> openQuestion() {
        return questions.stream()
                .filter(question -> question.answeredAt() == null)
                .findFirst();
    }

    List<Question> questionsAt(int position) {
        return questions.stream()
                .filter(question -> question.level() == position)
                .toList();
    }

    /** The groups that may ever answer at a level: its own, and those of all that were added to it. */
    Set<String> groups(int position) {
        return groups(position, Set.of());
    }

    /**
     * As {@link #groups(int)}, where the level asks these people by name: groups that stepped in for others have no say while
     * one of them is to answer.
     */
    Set<String> groups(int position, Set<String> named) {
        boolean nobodyIsLeft = named.stream().allMatch(this::hasBeenHeard);
        Set<String> groups = new TreeSet<>(level(position).groups());
        tiers.stream()
                .filter(tier -> tier.level() == position && (tier.tier() != Escalation.STEPS_IN || nobodyIsLeft))
                .forEach(tier -> groups.addAll(tier.groups()));
        return groups;
    }

    /** Those that were added since the level has waited for long. */
    List<Escalation> tiersAt(int position) {
        return tiers.stream()
                .filter(tier -> tier.level() == position && tier.tier() != Escalation.STEPS_IN)
                .toList();
    }

    /** Whether the groups of a level have stepped in for the people whom it names. */
    boolean hasSteppedIn(int position) {
        return tiers.stream().anyMatch(tier -> tier.level() == position && tier.tier() == Escalation.STEPS_IN);
    }

    /** How often the people of a level were reminded. */
    int remindersAt(int position) {
        return (int) reminders.stream()
                .filter(reminder -> reminder.level() == position)
                .count();
    }

    /** The groups that may answer as well, once the open level has waited for longer; none where nobody is added. */
    List<String> nextTier() {
        return open().stream()
                .flatMap(position -> level(position).escalations().stream()
                        .skip(tiersAt(position).size()))
                .limit(1)
                .flatMap(tier -> tier.groups().stream())
                .toList();
    }

    /** Who asked, who was heard, in whose place, and who asked back. */
    public Set<String> parties() {
        return Stream.of(
                        Stream.of(request.requester()),
                        answers.stream().map(Approval::approver),
                        answers.stream().flatMap(answer -> Stream.ofNullable(answer.forPerson())),
                        questions.stream().map(Question::askedBy))
                .flatMap(Function.identity())
                .collect(Collectors.toSet());
    }

    List<HandOverFact> handOversAt(int position) {
        return handOvers.stream()
                .filter(handOver -> handOver.level() == position)
                .toList();
    }

    boolean isRequester(String person) {
        return AccountIds.isOne(person, request.requester());
    }

    ApprovalCase with(Approval answer) {
        return new ApprovalCase(
                request,
                verdict,
                Stream.concat(answers.stream(), Stream.of(answer)).toList(),
                goneApprovers,
                questions,
                tiers,
                reminders,
                handOvers,
                settled);
    }

    ApprovalCase with(Escalation tier) {
        return new ApprovalCase(
                request,
                verdict,
                answers,
                goneApprovers,
                questions,
                Stream.concat(tiers.stream(), Stream.of(tier)).toList(),
                reminders,
                handOvers,
                settled);
    }
}
