package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.catalog.TicketNumbers;
import java.util.Optional;

/** What a verdict depends on beside the request: the files of one folder, or of one publication, as they were read together. */
public record RuleSet(
        RuleFiles files,
        Catalog catalog,
        LevelDefinitions levels,
        BusinessCalendar calendar,
        TicketNumbers tickets,
        Rulebook rulebook) {
    /** Read and compiled; refuses files that would stop a start. */
    static RuleSet of(RuleFiles files) {
        Catalog catalog = new Catalog(files);
        LevelDefinitions levels = new LevelDefinitions(files);
        TicketNumbers tickets = new TicketNumbers(files);
        return new RuleSet(
                files,
                catalog,
                levels,
                new BusinessCalendar(files),
                tickets,
                new Rulebook(files, catalog, levels, tickets));
    }

    /** What the rules say of exactly these facts. */
    RulesSay say(SeenFacts facts) {
        return RulesSay.of(rulebook.consult(facts.all()), facts.already());
    }

    Optional<Entitlement> wanted(SeenFacts facts) {
        return catalog.find(facts.wanted().id());
    }
}
