package dev.drawbridge.guardrails;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.guardrails.ReplayedJudgement.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Lets the bench try the rules of the demo on judgements, as these lie in the database. */
public final class BenchedReplay {
    private final RuleSet rules = RuleSet.of(new RuleFiles(Path.of("rules")));
    private final List<Row> rows = new ArrayList<>();

    /** Of ordinary requests, at all hours. */
    public BenchedReplay(int judgements) throws JsonProcessingException {
        ObjectMapper json = new ObjectMapper();
        List<String> wanted = List.of("app-logs-read", "orders-read", "orders-read-unmasked", "orders-write");
        for (int number = 0; number < judgements; number++) {
            SeenFacts facts = AnyFacts.ordinary(
                    rules,
                    wanted.get(number % wanted.size()),
                    Duration.ofMinutes(15L + number % 200).toString(),
                    AnyFacts.TUESDAY_MORNING.plus(Duration.ofMinutes(number % 10_000)));
            rows.add(new Row(
                    UUID.randomUUID(),
                    Occasion.SUBMISSION,
                    facts.when(),
                    json.writeValueAsString(rules.rulebook().consult(facts.all())),
                    FactsOnRecord.written(facts)));
        }
    }

    /** Tries all of them, as the product does; how many verdicts are other ones: none. */
    public int run() {
        try (Replaying replaying = new Replaying(rules, Set.of())) {
            rows.forEach(replaying::take);
            return replaying
                    .finish()
                    .report(AnyFacts.TUESDAY_MORNING, AnyFacts.TUESDAY_MORNING, true)
                    .certain()
                    .changed();
        }
    }
}
