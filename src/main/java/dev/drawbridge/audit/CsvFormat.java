package dev.drawbridge.audit;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * RFC 4180, for spreadsheets. What people have written could begin like a formula, and would be one where the file is opened: such a
 * cell gets an apostrophe in front.
 */
@Component
class CsvFormat implements ExportFormat {
    /** Also in the wide forms that some programs read alike, and behind blanks. */
    private static final Pattern FORMULA = Pattern.compile(
            "[\\s\\u00a0\\u200b\\ufeff]*[=+\\-@\\uff1d\\uff0b\\uff0d\\uff20\\u2212].*|[\\t\\r\\n].*", Pattern.DOTALL);

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public String mediaType() {
        return "text/csv;charset=UTF-8";
    }

    @Override
    public String extension() {
        return "csv";
    }

    @Override
    public String head() {
        return "id,at,actor,kind,request,sentence,details\r\n";
    }

    @Override
    public String lines(List<ExportedEntry> entries) {
        return entries.stream().map(CsvFormat::line).collect(Collectors.joining());
    }

    private static String line(ExportedEntry entry) {
        return Stream.of(
                                entry.id(),
                                entry.at(),
                                entry.actor(),
                                entry.kind(),
                                Objects.toString(entry.request(), ""),
                                entry.sentence(),
                                entry.details())
                        .map(value -> cell(value.toString()))
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    static String cell(String value) {
        String harmless = FORMULA.matcher(value).matches() ? "'" + value : value;
        return "\"" + harmless.replace("\"", "\"\"") + "\"";
    }
}
