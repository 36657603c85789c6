package dev.drawbridge.bench;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** People who ask for what is granted without anybody's answer: each once, since nobody gets the same twice. */
final class Asking {
    private static final int MORE = 100;

    /** Grants each second, until the last was answered and until the target had confirmed the last. */
    record Rates(double answered, double active, Sample milliseconds) {}

    private final House house;
    private final Clients clients;
    private final Queue<String> waiting = new ConcurrentLinkedQueue<>();
    /** How fast it went, to have enough people for the next time. */
    private double rate = 50;

    Asking(House house, Clients clients) {
        this.house = house;
        this.clients = clients;
    }

    Rates during(Duration time) throws Exception {
        invite((int) (rate * 1.5 * time.toSeconds()) + MORE);
        return measured(() -> clients.during(time, (client, n) -> ask("PT1H")));
    }

    Rates times(int most) throws Exception {
        invite(most);
        return measured(() -> clients.times(most, (client, n) -> ask("PT1H")));
    }

    private interface Calls {
        Clients.Round make() throws Exception;
    }

    private Rates measured(Calls calls) throws Exception {
        double before = confirmed();
        long start = System.nanoTime();
        Clients.Round round = calls.make();
        while (confirmed() < before + round.calls()) {
            House.pause(20);
        }
        double active = round.calls() / ((System.nanoTime() - start) / 1e9);
        rate = Math.max(rate, round.rate());
        return new Rates(round.rate(), active, round.milliseconds());
    }

    private double confirmed() throws Exception {
        return house.store().number(Store.APPLICATION, "select count(*) from grant_confirmation");
    }

    void invite(int most) throws Exception {
        int missing = most - waiting.size();
        if (missing > 0) {
            waiting.addAll(house.engineers(missing, clients));
        }
    }

    void ask(String duration) throws Exception {
        house.ask(
                waiting.remove(),
                "POST",
                "/api/v1/access-requests",
                "{\"entitlement\":\"app-logs-read\",\"duration\":\"" + duration
                        + "\",\"justification\":\"To measure\"}",
                201);
    }
}
