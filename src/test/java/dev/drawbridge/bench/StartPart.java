package dev.drawbridge.bench;

import dev.drawbridge.packaged.RunningJar;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** From {@code java -jar} until the first page is answered, with the memory that the README gives, and what it takes then. */
final class StartPart implements Part {
    private static final int LISTED = 15;
    private static final int REST_MILLISECONDS = 10_000;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public void measure(Report report) throws Exception {
        RunningJar jar = RunningJar.prepare().jvm(House.MEMORY);
        try {
            report.add("on a new data directory", seconds(jar), "s");
            jar.close();
            report.add("on one that is there", seconds(jar), "s");
            House.pause(REST_MILLISECONDS);
            report.add("resident memory at rest, PostgreSQL apart", residentMegabytes(jar.pid()), "MB");
        } finally {
            jar.close();
        }
        listWhatTakesTheTime(report);
    }

    private static double seconds(RunningJar jar) throws Exception {
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
        HttpRequest page = HttpRequest.newBuilder(URI.create(jar.url("/sign-in")))
                .timeout(Duration.ofSeconds(10))
                .build();
        long start = System.nanoTime();
        jar.begin();
        while (true) {
            try {
                if (http.send(page, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return (System.nanoTime() - start) / 1e9;
                }
            } catch (java.io.IOException notYet) {
                jar.requireAlive();
            }
            House.pause(20);
        }
    }

    private static double residentMegabytes(long pid) throws Exception {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Once more, with a recording of Spring's own steps: it costs time, so it is not the start that was measured. */
    private static void listWhatTakesTheTime(Report report) throws Exception {
        Path recording = Files.createTempDirectory(Path.of("target", "bench"), "start")
                .resolve("start.jfr")
                .toAbsolutePath();
        List<String> jvm = new ArrayList<>(House.MEMORY);
        jvm.add("-Ddrawbridge.start.recorded=true");
        jvm.add("-XX:StartFlightRecording=dumponexit=true,filename=" + recording);
        RunningJar jar = RunningJar.prepare().jvm(jvm);
        try {
            report.add("the same recorded, on a new data directory", seconds(jar), "s");
        } finally {
            jar.close();
        }
        for (StartSteps.Step step : StartSteps.longest(recording, LISTED)) {
            report.add("  of these: " + step.name(), step.seconds(), "s");
        }
    }
}
