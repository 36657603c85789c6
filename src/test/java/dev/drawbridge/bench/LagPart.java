package dev.drawbridge.bench;

import java.time.Instant;

/** From the moment when access should be gone until the target has confirmed that it is, everything switched on. */
final class LagPart implements Part {
    private static final int PROBES = Integer.getInteger("drawbridge.bench.probes", 300);
    private static final int CLIENTS = 8;
    /** The ends spread over more than a minute, so that reconciliation falls among them. */
    private static final int FIRST_SECONDS = 15;

    private static final int SPREAD_SECONDS = 65;

    private final House house;
    private final String name;

    LagPart(House house, String name) {
        this.house = house;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void measure(Report report) throws Exception {
        report.add(
                "requests on record",
                house.store().number(Store.APPLICATION, "select count(*) from access_request"),
                "");
        report.add("grants open", house.store().number(Store.APPLICATION, "select count(*) from open_grant"), "");
        try (Clients clients = new Clients(CLIENTS)) {
            Asking asking = new Asking(house, clients);
            asking.invite(PROBES);
            String from = "'" + Instant.now() + "'::timestamptz";
            clients.times(
                    PROBES, (client, n) -> asking.ask("PT" + (FIRST_SECONDS + n * SPREAD_SECONDS / PROBES) + "S"));
            String ended =
                    " from revocation_confirmation c join access_grant g using (request_id) where g.started_at > "
                            + from + " and g.expires_at < " + from + " + interval '5 minutes'";
            house.store().await(PROBES, "select count(*)" + ended);
            report.add(
                    "from the end until gone",
                    Sample.of(house.store().column("select extract(epoch from c.confirmed_at - g.expires_at)" + ended)),
                    "s");
        }
    }
}
