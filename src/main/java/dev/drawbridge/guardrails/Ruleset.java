package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.catalog.TicketNumbers;
import java.util.Optional;

/** What one publication has to say when something is judged: its rules, and the files that facts come from. */
record Ruleset(Rulebook rulebook, Catalog catalog, BusinessCalendar calendar, TicketNumbers tickets) {
    /** Read and compiled; refuses files that would stop a start. */
    static Ruleset of(RuleFiles files) {
        Catalog catalog = new Catalog(files);
        TicketNumbers tickets = new TicketNumbers(files);
        return new Ruleset(
                new Rulebook(files, catalog, new LevelDefinitions(files), tickets),
                catalog,
                new BusinessCalendar(files),
                tickets);
    }

    /** What the rules say of exactly these facts. */
    RulesSay say(SeenFacts facts) {
        return RulesSay.of(rulebook.consult(facts.all()), facts.already());
    }

    Optional<Entitlement> wanted(SeenFacts facts) {
        return catalog.find(facts.wanted().id());
    }
}
