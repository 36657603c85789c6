package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.guardrails.RuleFindings.Source;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a table of guardrails, one a row: its name, when it speaks, what it does, and a comment, in columns that say which. Each row
 * is written as a guardrail and inspected like one.
 */
final class DecisionTable {
    /** How the file of a table ends. */
    static final String ENDING = ".csv";

    private static final int LONGEST_ID = 100;

    private final Path file;
    private final RuleWords words;
    private final Parameters parameters;
    private final List<RulesException> problems = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private final Map<String, Integer> lineById = new HashMap<>();

    private DecisionTable(Path file, RuleWords words, Parameters parameters) {
        this.file = file;
        this.words = words;
        this.parameters = parameters;
    }

    /**
     * What came of it.
     *
     * @param problems what is wrong, with lines and columns; none: all rows are guardrails
     */
    record Outcome(List<Source> sources, List<RulesException> problems) {
        Outcome {
            sources = List.copyOf(sources);
            problems = List.copyOf(problems);
        }
    }

    /** {@code id}: its path without the ending. */
    static Outcome read(Path file, String id, String text, RuleWords words, Parameters parameters) {
        DecisionTable table = new DecisionTable(file, words, parameters);
        try {
            table.read(id, TableText.rows(file, text));
        } catch (RulesException wrong) {
            table.problems.add(wrong);
        }
        return new Outcome(table.sources, table.problems);
    }

    /** What the id of a row's guardrail ends with: its name without numbers of parameters, so that a row may move. */
    static String slug(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}+|\\{[^{}]*}", "");
        String slug =
                plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return slug.length() > LONGEST_ID ? slug.substring(0, LONGEST_ID) : slug;
    }

    private void read(String id, List<TableText.Row> rows) {
        TableText.Row first = rows.get(0);
        List<TableColumn> columns = columns(first);
        for (TableText.Row row : rows.subList(1, rows.size())) {
            try {
                sources.add(source(id, first.cells(), columns, row));
            } catch (RulesException wrong) {
                problems.add(wrong);
            }
        }
    }

    /** First the name, then when, then what; a comment anywhere. */
    private List<TableColumn> columns(TableText.Row first) {
        List<TableColumn> columns = new ArrayList<>();
        for (String name : first.cells()) {
            TableColumn column = TableColumn.of(name)
                    .orElseThrow(() -> wrong(
                            first.line(), name, "this column is not known; there are " + TableColumn.names() + "."));
            if (columns.contains(column)) {
                throw wrong(first.line(), name, "this column is there twice.");
            }
            if (column instanceof TableColumn.Condition
                    && columns.stream().anyMatch(TableColumn.Does.class::isInstance)) {
                throw wrong(first.line(), name, "columns that say when stand before those that say what is done.");
            }
            columns.add(column);
        }
        if (!columns.contains(new TableColumn.Name())) {
            throw wrong(first.line(), "name", "this column is missing; it holds the sentence that people read.");
        }
        return columns;
    }

    private Source source(String id, List<String> names, List<TableColumn> columns, TableText.Row row) {
        TableRule rule = new TableRule();
        String name = row.cells().get(columns.indexOf(new TableColumn.Name()));
        requireSentence(row, name);
        for (int at = 0; at < columns.size(); at++) {
            String cell = row.cells().get(at);
            if (!cell.isEmpty()) {
                cell(row, names.get(at), columns.get(at), cell);
                add(rule, columns.get(at), cell);
            }
        }
        if (!rule.speaks()) {
            throw wrong(row.line(), "name", "no cell of this row says when it speaks.");
        }
        if (!rule.does()) {
            throw wrong(row.line(), "name", "no cell of this row says what it does.");
        }
        return new Source(id + "#" + idOf(row, name), inspected(row, "name", rule, name));
    }

    private String idOf(TableText.Row row, String name) {
        String slug = slug(name);
        if (slug.isEmpty()) {
            throw wrong(row.line(), "name", "a name has letters from a to z, or digits.");
        }
        Integer other = lineById.put(slug, row.line());
        if (other != null) {
            throw wrong(row.line(), "name", "this reads like the name in line " + other + ".");
        }
        return slug;
    }

    private void requireSentence(TableText.Row row, String name) {
        if (!RuleInspection.isSentence(name)) {
            throw wrong(
                    row.line(),
                    "name",
                    "the name of a rule is a sentence of Latin letters, digits and the usual punctuation, 200 characters at"
                            + " most.");
        }
    }

    /** A cell by itself, so that what is wrong with it is told of its column. */
    private void cell(TableText.Row row, String name, TableColumn column, String cell) {
        TableRule alone = new TableRule();
        try {
            add(alone, column, cell);
        } catch (TableRule.NoValue wrong) {
            throw wrong(row.line(), name, wrong.getMessage() + ", not '" + cell + "'.");
        }
        if (alone.speaks()) {
            alone.then(new TableColumn.Does(Finding.Effect.DENY, "deny"), "yes");
        } else if (alone.does()) {
            alone.when(new TableColumn.Condition(Vocabulary.Fact.ASKED, "withTicket"), "yes");
        } else {
            return;
        }
        inspected(row, name, alone, "A cell");
    }

    private static void add(TableRule rule, TableColumn column, String cell) {
        if (column instanceof TableColumn.Condition condition) {
            rule.when(condition, cell);
        } else if (column instanceof TableColumn.Does does) {
            rule.then(does, cell);
        }
    }

    private Rule inspected(TableText.Row row, String column, TableRule rule, String sentence) {
        try {
            return RuleInspection.read(file, rule.text(sentence), words, parameters);
        } catch (RulesException wrong) {
            throw wrong(row.line(), column, wrong.problem().sentence());
        }
    }

    private RulesException wrong(int line, String column, String sentence) {
        String shown = column.isEmpty() ? "one without a name" : "'" + column + "'";
        return new RulesException(file, line, "column " + shown + ": " + sentence);
    }
}
