package dev.drawbridge.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What people look at, with a million requests on record, and whether granting gets slower by them. */
final class PagesPart implements Part {
    private static final int OPEN = Integer.getInteger("drawbridge.bench.open", 3_000);
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 3;
    private static final Duration GRANTING = Duration.ofSeconds(5);
    private static final Duration EACH = Duration.ofSeconds(2);
    private static final int MOST = 200;
    private static final int LEAST = 5;
    private static final String LIST = "/api/v1/access-requests";

    private final House house;

    PagesPart(House house) {
        this.house = house;
    }

    @Override
    public String name() {
        return "pages";
    }

    @Override
    public void measure(Report report) throws Exception {
        try (Clients clients = new Clients(CLIENTS)) {
            Asking asking = new Asking(house, clients);
            asking.during(GRANTING.multipliedBy(2));
            double empty = rate(asking);
            long start = System.nanoTime();
            new PastRequests(house).write();
            report.add(
                    "requests written that are over",
                    PastRequests.MANY,
                    "",
                    Sample.said((System.nanoTime() - start) / 1e9) + " s");
            open(asking, clients);
            report.add("grants open", house.store().number(Store.APPLICATION, "select count(*) from open_grant"), "");
            looks(report);
            double full = rate(asking);
            report.add("grants until ACTIVE, nothing over", empty, "grants/s");
            report.add("grants until ACTIVE, these over", full, "grants/s");
            report.add("these over : nothing over", full / empty, "");
        }
    }

    private static double rate(Asking asking) throws Exception {
        List<Double> rates = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            rates.add(asking.during(GRANTING).active());
        }
        return GrantsPart.median(rates);
    }

    /** Two thirds are granted; one waits for an answer, by people who have a past. */
    private void open(Asking asking, Clients clients) throws Exception {
        asking.times(OPEN * 2 / 3);
        clients.times(
                OPEN / 3,
                (client, n) -> house.ask(
                        "past" + (1 + n % PastRequests.PEOPLE),
                        "POST",
                        LIST,
                        "{\"entitlement\":\"orders-read\",\"duration\":\"PT2H\",\"justification\":\"To measure\"}",
                        201));
    }

    private void looks(Report report) throws Exception {
        String person = "past7";
        look(report, "own requests", person, LIST);
        look(report, "own, mine=true", person, LIST + "?mine=true");
        look(report, "own, state=ACTIVE", person, LIST + "?state=ACTIVE");
        look(report, "own, state=ENDED", person, LIST + "?state=ENDED");
        look(report, "those a manager may see", "manager", LIST);
        look(report, "those a manager may see, state=PENDING_APPROVAL", "manager", LIST + "?state=PENDING_APPROVAL");
        look(report, "all, by an auditor", "auditor", LIST);
        for (String state : List.of("PENDING_APPROVAL", "SCHEDULED", "PROVISIONING", "ACTIVE", "REVOKING", "ENDED")) {
            look(report, "all, state=" + state, "auditor", LIST + "?state=" + state);
        }
        look(report, "all, requester", "auditor", LIST + "?requester=" + person);
        look(report, "all, requester and state=ENDED", "auditor", LIST + "?state=ENDED&requester=" + person);
        look(report, "all, entitlement", "auditor", LIST + "?entitlement=orders-write");
        look(report, "all, entitlement and state=ACTIVE", "auditor", LIST + "?state=ACTIVE&entitlement=app-logs-read");
        look(
                report,
                "all, requester and entitlement",
                "auditor",
                LIST + "?entitlement=orders-read&requester=" + person);
        look(report, "all, 200 a page", "auditor", LIST + "?size=200");
        look(report, "all, page 10", "auditor", page(10));
        look(report, "all, page 100", "auditor", page(100));
        look(report, "all, page 1,000", "auditor", page(1_000));
        String one = house.store().text("select id from access_request where requester = '" + person + "' limit 1");
        look(report, "one request", person, LIST + "/" + one);
        look(report, "its trail", person, LIST + "/" + one + "/trail");
        look(report, "the catalog", person, "/api/v1/catalog");
        look(report, "open access", "operator", "/api/v1/open-access");
        look(report, "the start page, of a person", person, "/");
        look(report, "the start page, of a manager", "manager", "/");
        look(report, "the start page, of an auditor", "auditor", "/");
        look(report, "/operations", "operator", "/operations");
        look(report, "/operations/revocations of a person", "operator", "/operations/revocations?requester=" + person);
    }

    private void look(Report report, String what, String who, String path) throws Exception {
        house.ask(who, "GET", path, "", 200);
        List<Double> took = new ArrayList<>();
        long start = System.nanoTime();
        while (took.size() < LEAST || (took.size() < MOST && System.nanoTime() - start < EACH.toNanos())) {
            long before = System.nanoTime();
            house.ask(who, "GET", path, "", 200);
            took.add((System.nanoTime() - before) / 1e6);
        }
        report.add(what, Sample.of(took), "ms");
    }

    /** The place of a page, or of the last there is; one gets there by going through those before it. */
    private String page(int number) throws Exception {
        ObjectMapper json = new ObjectMapper();
        String path = LIST + "?size=50";
        String place = path;
        JsonNode page = json.readTree(house.ask("auditor", "GET", LIST + "?size=200", "", 200));
        for (int passed = 4; passed <= number && page.hasNonNull("next"); passed += 4) {
            String after = page.get("next").asText();
            place = path + "&after=" + after;
            page = json.readTree(house.ask("auditor", "GET", LIST + "?size=200&after=" + after, "", 200));
        }
        return place;
    }
}
