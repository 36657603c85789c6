package dev.drawbridge.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Automatic grants over HTTP, and what the engine and PostgreSQL do alone, in turns on the same machine. */
final class GrantsPart implements Part {
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 3;
    private static final int COUNTED = 200;
    /** Long enough for the compiler to have done with it; else the first minute of the product is what is measured. */
    private static final Duration WARM_UP = Duration.ofSeconds(60);

    private static final Duration LONG = Duration.ofSeconds(6);
    private static final Duration SHORT = Duration.ofSeconds(2);

    private final House house;

    GrantsPart(House house) {
        this.house = house;
    }

    @Override
    public String name() {
        return "grants";
    }

    @Override
    public void measure(Report report) throws Exception {
        try (Clients clients = new Clients(CLIENTS);
                BareEngine engine = new BareEngine(house);
                BarePostgres postgres = new BarePostgres(house, CLIENTS)) {
            Asking asking = new Asking(house, clients);
            asking.during(WARM_UP);
            engine.rate(clients, WARM_UP.dividedBy(3));
            List<Asking.Rates> product = new ArrayList<>();
            List<Double> bare = new ArrayList<>();
            List<Double> inserts = new ArrayList<>();
            List<Double> roles = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                product.add(asking.during(LONG));
                bare.add(engine.rate(clients, LONG));
                inserts.add(postgres.inserts(clients, SHORT));
                roles.add(postgres.roles(clients, SHORT));
            }
            double active = median(product.stream().map(Asking.Rates::active).toList());
            report.add(
                    "answered",
                    median(product.stream().map(Asking.Rates::answered).toList()),
                    "grants/s");
            report.add("until ACTIVE", active, "grants/s");
            report.add("an answer", product.get(ROUNDS - 1).milliseconds(), "ms");
            report.add("bare engine at its defaults", median(bare), "instances/s", each(bare));
            report.add("four inserts and a commit", median(inserts), "commits/s", each(inserts));
            report.add("create role, grant, comment and a commit", median(roles), "commits/s", each(roles));
            report.add("grants until ACTIVE : bare engine", active / median(bare), "");
            report.add("grants until ACTIVE : four inserts", active / median(inserts), "");
            report.add("grants until ACTIVE : create role", active / median(roles), "");
            count(report, asking);
        }
    }

    private void count(Report report, Asking asking) throws Exception {
        asking.invite(COUNTED);
        Statements statements = new Statements(house);
        Statements.Counted each = statements.of(() -> asking.times(COUNTED)).each(COUNTED);
        report.add("statements of a grant", each.statements(), "", "of " + COUNTED + ", BEGIN and COMMIT apart");
        report.add("transactions of a grant", each.transactions(), "");
        report.add("waits for the disk of a grant", each.walSyncs(), "", "several grants share one");
        report.add("written to the log of changes for a grant", each.walBytes() / 1024, "KB");
        report.add(
                "statements each second with nothing to do", statements.idle().statements(), "");
    }

    /** So that whoever reads sees how steady it was. */
    private static String each(List<Double> rounds) {
        return rounds.stream().map(Sample::said).collect(Collectors.joining(", "));
    }

    static double median(List<Double> values) {
        return Sample.of(values).median();
    }
}
