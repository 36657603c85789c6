package dev.drawbridge.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Everything that is known of one request: a few lists, only ever added to, and what follows from them alone. */
final class Asked {
    /** One level that the verdict asks for; {@code people}: whom it names beside its groups. */
    record Level(
            String name,
            Set<String> groups,
            List<String> people,
            boolean ofManager,
            int quorum,
            Duration deadline,
            Duration remindEvery,
            List<Tier> tiers) {}

    /** Who may answer as well, and after how much office time. */
    record Tier(Duration after, Set<String> groups) {}

    /** What the guardrails said; taken from the product as given. */
    record Verdict(String outcome, List<Level> levels, Duration limit) {}

    /** What is agreed to, or held: to what, for how long. */
    record Scope(String entitlement, Duration duration) {}

    /** One word at a level; {@code forPerson}: in whose place. */
    record Answer(int level, String by, String forPerson, boolean approves, Scope narrowedTo, Instant at) {}

    record HandOver(int level, String from, String to) {}

    static final class Question {
        final int level;
        final Instant asked;
        /** When the answer came, or its time was over. */
        Instant closed;

        Question(int level, Instant asked) {
            this.level = level;
            this.asked = asked;
        }
    }

    static final class Access {
        final String entitlement;
        final Instant from;
        Instant until;
        Instant ended;
        String why;

        Access(String entitlement, Instant from, Instant until) {
            this.entitlement = entitlement;
            this.from = from;
            this.until = until;
        }
    }

    final int number;
    final UUID id;
    final String requester;
    final Scope wanted;
    final Instant startsAt;
    final Instant judged;
    final Verdict verdict;
    /** The request whose access this one asks to have for longer. */
    final Asked extending;

    final List<Answer> answers = new ArrayList<>();
    final List<Question> questions = new ArrayList<>();
    /** Those that have not gone back. */
    final List<HandOver> handOvers = new ArrayList<>();
    /** How many tiers were added, and how often people were reminded, at each level. */
    final int[] tiers;

    final int[] reminders;
    Access access;
    String outcome;
    Instant ended;

    Asked(
            int number,
            UUID id,
            String requester,
            Scope wanted,
            Instant startsAt,
            Instant judged,
            Verdict verdict,
            Asked extending) {
        this.number = number;
        this.id = id;
        this.requester = requester;
        this.wanted = wanted;
        this.startsAt = startsAt;
        this.judged = judged;
        this.verdict = verdict;
        this.extending = extending;
        tiers = new int[verdict.levels().size()];
        reminders = new int[verdict.levels().size()];
    }

    String state() {
        if (ended != null) {
            return "ENDED";
        }
        if (access != null) {
            return "ACTIVE";
        }
        return open() >= 0 ? "PENDING_APPROVAL" : "SCHEDULED";
    }

    boolean is(String state) {
        return state().equals(state);
    }

    /** The first level without its quorum; -1 where there is none. */
    int open() {
        for (int level = 0; level < verdict.levels().size(); level++) {
            if (approvals(level) < level(level).quorum()) {
                return level;
            }
        }
        return -1;
    }

    Level level(int position) {
        return verdict.levels().get(position);
    }

    int approvals(int level) {
        return (int) answers.stream()
                .filter(answer -> answer.level() == level && answer.approves())
                .count();
    }

    /** A person is heard once, whoever gave their word, and at whichever level. */
    boolean hasHeard(String person) {
        return answers.stream().anyMatch(answer -> answer.by().equals(person) || person.equals(answer.forPerson()));
    }

    /** What was asked for, as far as approvers have left it. */
    Scope scope() {
        Scope left = wanted;
        for (Answer answer : answers) {
            left = answer.narrowedTo() == null ? left : answer.narrowedTo();
        }
        return left;
    }

    /** The groups that may answer at a level: its own, and those of the tiers that were added. */
    Set<String> groups(int level) {
        Set<String> groups = new TreeSet<>(level(level).groups());
        level(level).tiers().subList(0, tiers[level]).forEach(tier -> groups.addAll(tier.groups()));
        return groups;
    }

    Optional<Question> openQuestion() {
        return questions.stream().filter(question -> question.closed == null).findFirst();
    }

    /** A level begins with the last answer at those before it, the first with the verdict. */
    Instant began(int level) {
        return answers.stream()
                .filter(answer -> answer.level() < level)
                .map(Answer::at)
                .max(Instant::compareTo)
                .orElse(judged);
    }

    /** When a level has waited for this long: while the requester is asked, its clock stands still. */
    private Instant after(int level, Duration time, Instant now) {
        Duration left = time;
        Instant runsFrom = began(level);
        for (Question question : questions) {
            if (question.level == level) {
                Duration ran = OfficeTime.gone(runsFrom, question.asked);
                if (left.compareTo(ran) <= 0) {
                    break;
                }
                left = left.minus(ran);
                runsFrom = question.closed == null ? now : question.closed;
            }
        }
        return OfficeTime.after(runsFrom, left);
    }

    Instant deadline(Instant now) {
        return after(open(), level(open()).deadline(), now);
    }

    /** People are reminded again and again until the deadline. */
    Optional<Instant> nextReminder(Instant now) {
        Level level = level(open());
        Duration next = level.remindEvery().multipliedBy(reminders[open()] + 1L);
        return next.compareTo(level.deadline()) < 0 ? Optional.of(after(open(), next, now)) : Optional.empty();
    }

    Optional<Instant> nextTier(Instant now) {
        Level level = level(open());
        return tiers[open()] < level.tiers().size()
                ? Optional.of(after(open(), level.tiers().get(tiers[open()]).after(), now))
                : Optional.empty();
    }

    /** The requester may take as long for an answer as the level itself may take. */
    Instant answerDue(Question question) {
        return OfficeTime.after(question.asked, level(question.level).deadline());
    }

    /** An answer is of use while there is access that it could be about. */
    Instant ofUse(Instant due) {
        return extending != null && extending.access.until.isBefore(due) ? extending.access.until : due;
    }
}
