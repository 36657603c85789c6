package dev.drawbridge.approval;

import dev.drawbridge.approval.Approval.Decision;
import dev.drawbridge.directory.AccountIds;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.guardrails.RecordedVerdict;
import dev.drawbridge.guardrails.Verdict;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.request.AccessRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One request with everything on record about its approval, read at once. It never changes; what follows from it is here and
 * nowhere else.
 *
 * @param answers oldest first
 * @param goneApprovers who answered with an account that is gone, whoever has its id now
 * @param questions oldest first
 * @param tiers that were added to a level, in their order
 * @param openings of the levels that have begun to wait
 * @param errands what the company's process has asked people to do beside these answers, oldest first
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
        List<Opening> openings,
        List<Errand> errands,
        List<HandOverFact> handOvers,
        boolean settled) {
    public ApprovalCase {
        answers = List.copyOf(answers);
        goneApprovers = Set.copyOf(goneApprovers);
        questions = List.copyOf(questions);
        tiers = List.copyOf(tiers);
        reminders = List.copyOf(reminders);
        openings = List.copyOf(openings);
        errands = List.copyOf(errands);
        handOvers = List.copyOf(handOvers);
    }

    /** One reminder of a level's people; both count from 0 and 1. */
    record Reminder(int level, int number) {}

    /** When a level began to wait; it counts from 0. */
    record Opening(int level, Instant at) {}

    /**
     * Something that the company's process has asked people to do.
     *
     * @param until when it was over; none: it is still to be done
     */
    record Errand(String name, Instant since, @Nullable Instant until) {}

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

    /** Refuses who would answer before anybody is asked. */
    public void requireAsked() {
        open().flatMap(this::errandBefore).ifPresent(errand -> {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "not-asked-yet",
                    "Nobody is asked to approve this yet: " + PlainText.quoted(errand.name())
                            + " is to be done first.");
        });
    }

    /** Whether nothing has become of it, and a level has not had its quorum. */
    public boolean isUndecided() {
        return !settled && open().isPresent();
    }

    /** Whether it waits for approvers: not while the process has something else done before it asks them. */
    public boolean waits() {
        return isUndecided() && errandBefore(open().orElseThrow()).isEmpty();
    }

    /** What is still to be done before the approvers of a level are asked; none where nothing is, or they have been. */
    Optional<Errand> errandBefore(int position) {
        return opened(position).isPresent()
                ? Optional.empty()
                : errands.stream().filter(errand -> errand.until() == null).findFirst();
    }

    private Optional<Instant> opened(int position) {
        return openings.stream()
                .filter(opening -> opening.level() == position)
                .map(Opening::at)
                .findFirst();
    }

    /**
     * When the time of a level begins: with the last answer at one before it, or the verdict, and not before what the process has
     * had done until its approvers were asked.
     */
    Instant began(int position, Instant now) {
        Instant asked = opened(position).orElse(now);
        Instant decided = answers.stream()
                .filter(answer -> answer.level() < position)
                .map(Approval::at)
                .max(Instant::compareTo)
                .orElse(verdict.decidedAt());
        return errands.stream()
                .filter(errand -> errand.since().isBefore(asked))
                .map(errand -> errand.until() == null || errand.until().isAfter(asked) ? asked : errand.until())
                .filter(decided::isBefore)
                .max(Instant::compareTo)
                .orElse(decided);
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
                openings,
                errands,
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
                openings,
                errands,
                handOvers,
                settled);
    }
}
