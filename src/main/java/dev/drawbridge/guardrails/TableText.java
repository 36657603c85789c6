package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.platform.PlainText;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The cells of a table as they stand in a CSV file, as spreadsheets of any country save it: with {@code ,}, {@code ;} or tabs between
 * the cells. What a spreadsheet would show otherwise than it is read here is refused: formulas, cells of several lines, rows that
 * are longer or shorter than the first.
 */
final class TableText {
    private static final int LONGEST = 262_144;
    private static final int LONGEST_CELL = 500;
    private static final int MOST_COLUMNS = 40;
    private static final int MOST_ROWS = 500;

    private final Path file;
    private final List<Row> rows = new ArrayList<>();
    private int line;

    /** What stands in one line, from 1, of the file; its cells are without spaces around them. */
    record Row(int line, List<String> cells) {
        Row {
            cells = List.copyOf(cells);
        }

        private boolean isEmpty() {
            return cells.stream().allMatch(String::isEmpty);
        }
    }

    private TableText(Path file) {
        this.file = file;
    }

    /** The rows that are not empty; the first holds the names of the columns. */
    static List<Row> rows(Path file, String text) {
        return new TableText(file).read(text);
    }

    private List<Row> read(String text) {
        if (text.length() > LONGEST) {
            throw wrong(0, "a table has at most " + LONGEST + " characters.");
        }
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator(text.lines().findFirst().orElse("")))
                .setIgnoreEmptyLines(false)
                .get();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            for (CSVRecord cells : parser) {
                add(cells);
            }
        } catch (UncheckedIOException | IOException unreadable) {
            throw wrong(
                    line + 1,
                    "the cells cannot be told apart here: a cell that begins with '\"' ends with one, and those in it are"
                            + " doubled.");
        }
        if (rows.size() < 2) {
            throw wrong(0, "a table has a row with the names of its columns, and at least one below it.");
        }
        return rows;
    }

    private void add(CSVRecord record) {
        // A cell of several lines is refused, so that this is the line of the file as well.
        line = Math.toIntExact(record.getRecordNumber());
        List<String> cells = record.stream().map(String::strip).toList();
        Optional<String> broken =
                cells.stream().filter(cell -> !refused(cell).isEmpty()).findFirst();
        if (broken.isPresent()) {
            throw wrong(line, refused(broken.get()) + ": '" + shown(broken.get()) + "'.");
        }
        Row row = new Row(line, cells);
        if (row.isEmpty() && !rows.isEmpty()) {
            return;
        }
        if (cells.size() > MOST_COLUMNS || rows.size() > MOST_ROWS) {
            throw wrong(
                    line, "a table has at most " + MOST_COLUMNS + " columns, and " + MOST_ROWS + " rows below them.");
        }
        if (!rows.isEmpty() && rows.get(0).cells().size() != cells.size()) {
            throw wrong(
                    line,
                    "this row has " + cells.size() + " cells, and the first has "
                            + rows.get(0).cells().size() + ".");
        }
        rows.add(row);
    }

    /** Why nobody may write that; nothing: it is a text on a line. */
    private static String refused(String cell) {
        if (cell.length() > LONGEST_CELL) {
            return "a cell has at most " + LONGEST_CELL + " characters";
        }
        if (cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0 || cell.indexOf('\t') >= 0) {
            return "a cell is one line, without tabs";
        }
        return Stream.of("=", "+", "-", "@").anyMatch(cell::startsWith)
                ? "a spreadsheet would calculate what begins with =, +, - or @"
                : "";
    }

    /** Whichever stands in the first line; names of columns hold none of them. */
    private char separator(String first) {
        List<Character> found =
                Stream.of(',', ';', '\t').filter(one -> first.indexOf(one) >= 0).toList();
        if (found.size() != 1) {
            throw wrong(
                    1,
                    "between the names of the columns stands one of ',', ';' and tabs, the same everywhere, and there are at"
                            + " least two columns.");
        }
        return found.get(0);
    }

    private static String shown(String cell) {
        return PlainText.shown(cell.length() > 60 ? cell.substring(0, 60) + "…" : cell);
    }

    private RulesException wrong(int where, String sentence) {
        return new RulesException(file, where, sentence);
    }
}
