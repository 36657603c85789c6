package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.catalog.TicketNumbers;

/** What a verdict depends on beside the request: the files of one folder, or of one publication, as they were read together. */
public record RuleSet(
        RuleFiles files,
        Catalog catalog,
        LevelDefinitions levels,
        BusinessCalendar calendar,
        TicketNumbers tickets,
        Rulebook rulebook) {}
