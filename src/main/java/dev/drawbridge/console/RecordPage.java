package dev.drawbridge.console;

import dev.drawbridge.audit.AuditQuestions;
import dev.drawbridge.audit.AuditRecord;
import dev.drawbridge.audit.RecordQuery;
import dev.drawbridge.audit.RecordReaders;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.platform.Refusal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The page at {@code /record}: the questions that auditors ask, with their answers, and the whole record, searched. */
@Controller
@RequestMapping("/record")
class RecordPage {
    private static final int SHOWN = 50;
    private static final int LOOKS = 5;
    private static final String PROBLEM = "problem";

    private final AuditQuestions questions;
    private final AuditRecord record;
    private final Catalog catalog;

    RecordPage(AuditQuestions questions, AuditRecord record, Catalog catalog) {
        this.questions = questions;
        this.record = record;
        this.catalog = catalog;
    }

    /** An entry, as a line. */
    record Line(AuditRecord.Item item, String at) {}

    /** A part of an answer, as a line. */
    record Told(AuditQuestions.Line line, String at) {}

    @GetMapping
    String show(
            @ModelAttribute("query") RecordQuery typed,
            @RequestParam(required = false) @Nullable String after,
            @ModelAttribute(name = "clock", binding = false) WallClocks.Kept kept,
            Model model) {
        RecordReaders.require();
        WallClock clock = kept.clock();
        about(model);
        boolean searched = !typed.given().isEmpty();
        model.addAttribute("searched", searched);
        model.addAttribute("filters", typed.given());
        try {
            RecordQuery query =
                    typed.between(moment("from", typed.from(), 0, clock), moment("to", typed.to(), 1, clock));
            AuditRecord.Page page = found(query, after, clock);
            model.addAttribute(
                    "lines",
                    page.items().stream()
                            .map(item -> new Line(item, clock.moment(item.at())))
                            .toList());
            model.addAttribute(
                    "next", page.next() == null ? null : with("/record", typed.given(), "after", page.next()));
            model.addAttribute("exports", exports(query.given()));
        } catch (Refusal refused) {
            model.addAttribute(PROBLEM, refused.sentence());
        }
        return "record";
    }

    /** Looks a little further where nothing has been found so far. */
    private AuditRecord.Page found(RecordQuery query, @Nullable String after, WallClock clock) {
        AuditRecord.Page page = record.page(query, after, SHOWN, clock);
        for (int more = 0; more < LOOKS && page.items().isEmpty() && page.next() != null; more++) {
            page = record.page(query, page.next(), SHOWN, clock);
        }
        return page;
    }

    @GetMapping("/{name}")
    String ask(
            @PathVariable String name,
            @ModelAttribute("said") AuditQuestions.Said said,
            @RequestParam(required = false) @Nullable String after,
            @ModelAttribute(name = "clock", binding = false) WallClocks.Kept kept,
            Model model) {
        RecordReaders.require();
        WallClock clock = kept.clock();
        about(model);
        AuditQuestions.Question question = questions.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        Refusal.of(Refusal.Kind.NOT_FOUND, "unknown-question", "There is no question of this name."));
        model.addAttribute("question", question);
        try {
            AuditQuestions.Said meant = new AuditQuestions.Said(
                    said.person(),
                    said.entitlement(),
                    moment("from", said.from(), 0, clock),
                    moment("to", said.to(), 1, clock));
            AuditQuestions.Answer answer = questions.ask(name, meant, after, SHOWN, clock);
            model.addAttribute(
                    "told",
                    answer.items().stream()
                            .map(line -> new Told(line, clock.moment(line.at())))
                            .toList());
            model.addAttribute("timeline", Timeline.of(answer.items(), clock));
            model.addAttribute(
                    "next",
                    answer.next() == null ? null : with("/record/" + name, words(said), "after", answer.next()));
        } catch (Refusal refused) {
            model.addAttribute(PROBLEM, refused.sentence());
        }
        return "answer";
    }

    private void about(Model model) {
        model.addAttribute("questions", questions.all());
        model.addAttribute("entitlements", catalog.all());
    }

    private static Map<String, String> words(AuditQuestions.Said said) {
        return Map.of(
                "person", text(said.person()),
                "entitlement", text(said.entitlement()),
                "from", text(said.from()),
                "to", text(said.to()));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** A day as browsers send it is the reader's, from its first moment to its last; a moment stays one. */
    private static @Nullable String moment(String field, @Nullable String typed, int days, WallClock clock) {
        if (typed == null || typed.isBlank() || typed.contains("T")) {
            return typed;
        }
        try {
            return clock.typed(LocalDate.parse(typed.strip()).plusDays(days).atStartOfDay())
                    .toString();
        } catch (DateTimeException unreadable) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID, field, "invalid-" + field, "'" + field + "' is a day, like 2026-11-24.");
        }
    }

    private static List<Map.Entry<String, String>> exports(Map<String, String> filters) {
        String address = "/api/v1/audit-entries/export";
        return List.of(
                Map.entry("NDJSON", with(address, filters, "format", "ndjson")),
                Map.entry("CSV", with(address, filters, "format", "csv")),
                Map.entry("OCSF", with(address, filters, "format", "ocsf")));
    }

    private static String with(String path, Map<String, String> filters, String name, String value) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path).queryParam(name, "{" + name + "}");
        filters.forEach((filter, same) -> address.queryParam(filter, "{" + filter + "}"));
        Map<String, Object> values = new HashMap<>(filters);
        values.put(name, value);
        return address.encode().buildAndExpand(values).toUriString();
    }
}
