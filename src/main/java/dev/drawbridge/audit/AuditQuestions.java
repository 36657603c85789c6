package dev.drawbridge.audit;

import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.platform.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The questions that auditors ask, each by its name, answered in sentences. */
@Component
public class AuditQuestions {
    private static final String PERSON = "person";
    private static final String ENTITLEMENT = "entitlement";

    private static final List<Question> ALL = List.of(
            new Question("who-has-access-now", "Who has access now?", List.of(), List.of(ENTITLEMENT)),
            new Question(
                    "who-had-access", "Who had access to this, and when?", List.of(ENTITLEMENT), List.of("from", "to")),
            new Question(
                    "what-did-a-person-have",
                    "What did this person have, and why?",
                    List.of(PERSON),
                    List.of("from", "to")),
            new Question("who-approved-for", "Who approved for this person?", List.of(PERSON), List.of("from", "to")),
            new Question(
                    "whom-did-they-approve-for",
                    "Whom did this person approve for?",
                    List.of(PERSON),
                    List.of("from", "to")),
            new Question(
                    "granted-without-a-human", "What was granted without a human?", List.of(), List.of("from", "to")),
            new Question(
                    "emergencies-and-refusals",
                    "What was refused, or ended at once?",
                    List.of(),
                    List.of("from", "to")),
            new Question("access-never-used", "Which access was never used?", List.of(), List.of("from", "to")),
            new Question("approvals-by-deputies", "What did deputies approve?", List.of(), List.of("from", "to")),
            new Question("who-changed-the-rules", "Who changed which rule, and what followed?", List.of(), List.of()));

    private final KnownToTheRecord known;
    private final AnswerHeld held;
    private final AnswerApprovals approvals;
    private final AnswerEvents events;
    private final Clock clock;

    AuditQuestions(
            KnownToTheRecord known, AnswerHeld held, AnswerApprovals approvals, AnswerEvents events, Clock clock) {
        this.known = known;
        this.held = held;
        this.approvals = approvals;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A question.
     *
     * @param needs what has to be said with it
     * @param takes what may be said with it
     */
    public record Question(String name, String question, List<String> needs, List<String> takes) {
        /** Whether something may be said with it. */
        public boolean asks(String field) {
            return needs.contains(field) || takes.contains(field);
        }
    }

    /**
     * What is said with a question.
     *
     * @param from the first moment, UTC; none: the first of all
     * @param to the last moment, UTC; none: now
     */
    public record Said(
            @Nullable String person,
            @Nullable String entitlement,
            @Nullable String from,
            @Nullable String to) {}

    /**
     * A part of an answer.
     *
     * @param at when it happened, or began
     * @param until when it ended; none where it has not, or where it has no end
     * @param lasting whether it goes on
     * @param person whom it concerns
     * @param publication the rules that it is about, by their number
     */
    public record Line(
            Instant at,
            @Nullable Instant until,
            boolean lasting,
            @Nullable String person,
            @Nullable String personName,
            @Nullable String entitlement,
            @Nullable UUID request,
            @Nullable Long publication,
            String sentence) {}

    /** An answer, newest first; {@code next} goes into {@code after}, none where nothing follows. */
    public record Answer(
            Question question, List<Line> items, @Nullable String next) {}

    /** A question as it is to be answered. */
    record Put(
            Question question,
            @Nullable String person,
            @Nullable String entitlement,
            Instant from,
            Instant to,
            WallClock clock) {}

    /** All of them. */
    public List<Question> all() {
        RecordReaders.require();
        return ALL;
    }

    /** Refuses who may not ask, and what cannot be asked. */
    public Answer ask(String name, Said said, @Nullable String after, int size, WallClock reader) {
        RecordReaders.require();
        Question question = ALL.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        Refusal.of(Refusal.Kind.NOT_FOUND, "unknown-question", "There is no question of this name."));
        if (size < 1 || size > AuditRecord.LARGEST_PAGE) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID,
                    "size",
                    "invalid-page",
                    "A page has 1 to " + AuditRecord.LARGEST_PAGE + " lines.");
        }
        Put put = put(question, said, reader);
        String mark = after == null || after.isBlank() ? null : after;
        return switch (name) {
            case "who-approved-for", "whom-did-they-approve-for", "approvals-by-deputies" ->
                approvals.answer(put, mark, size);
            case "emergencies-and-refusals" -> events.refusals(put, mark, size);
            case "who-changed-the-rules" -> events.rules(put, mark, size);
            default -> held.answer(put, mark, size);
        };
    }

    private Put put(Question question, Said said, WallClock reader) {
        Instant now = clock.instant();
        Map<String, Optional<String>> given = Map.of(
                PERSON,
                given(said.person()),
                ENTITLEMENT,
                given(said.entitlement()),
                "from",
                given(said.from()),
                "to",
                given(said.to()));
        given.forEach((field, value) -> {
            if (value.isPresent() && !question.asks(field)) {
                throw new Asked(field, value.get()).refused("This question takes no '" + field + "'.");
            }
            if (value.isEmpty() && question.needs().contains(field)) {
                throw new Asked(field, "").refused("This question is about one '" + field + "'; name it.");
            }
        });
        Function<String, Optional<Asked>> asked =
                field -> given.getOrDefault(field, Optional.empty()).map(value -> new Asked(field, value));
        Instant from = asked.apply("from").map(one -> one.moment().toInstant()).orElse(Instant.EPOCH);
        Instant to = asked.apply("to").map(one -> one.moment().toInstant()).orElse(now);
        if (to.isBefore(from)) {
            throw new Asked("to", "").refused("'to' lies before 'from'.");
        }
        return new Put(
                question,
                asked.apply(PERSON).map(one -> one.known(PERSON, known::person)).orElse(null),
                asked.apply(ENTITLEMENT)
                        .map(one -> one.known(ENTITLEMENT, known::entitlement))
                        .orElse(null),
                from,
                to,
                reader);
    }

    private static Optional<String> given(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }
}
