package dev.drawbridge.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every figure of a run, as text for people and as JSON for programs; written anew after each part. */
final class Report {
    private static final Path FOLDER = Path.of("target", "bench");

    /** One figure: {@code value} in {@code unit}, of how many measurements, where there were several. */
    record Figure(String part, String name, double value, String unit, String note) {}

    private final Map<String, String> machine = Machine.describe();
    private final List<Figure> figures = new ArrayList<>();
    private String part = "";

    void describe(String name, String value) {
        machine.put(name, value);
    }

    void begin(String name) {
        part = name;
    }

    void add(String name, double value, String unit) {
        add(name, value, unit, "");
    }

    void add(String name, double value, String unit, String note) {
        figures.add(new Figure(part, name, value, unit, note));
        System.out.printf("bench %s: %s %s %s %s%n", part, name, Sample.said(value), unit, note);
    }

    /** The median and the hundredth that is slowest. */
    void add(String name, Sample sample, String unit) {
        add(name + ", p50", sample.median(), unit, "of " + sample.size());
        add(name + ", p99", sample.p99(), unit, "most " + Sample.said(sample.most()));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        machine.forEach((name, value) -> text.append(String.format("%-12s %s%n", name, value)));
        String before = "";
        for (Figure figure : figures) {
            if (!figure.part().equals(before)) {
                text.append(String.format("%n%s%n", figure.part()));
                before = figure.part();
            }
            text.append(String.format(
                    Locale.ENGLISH,
                    "  %-72s %12s %-14s %s%n",
                    figure.name(),
                    Sample.said(figure.value()),
                    figure.unit(),
                    figure.note()));
        }
        return text.toString();
    }

    void write() throws IOException {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("report.txt"), text());
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", machine);
        all.put("figures", figures);
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(FOLDER.resolve("report.json").toFile(), all);
    }
}
