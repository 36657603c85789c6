package dev.drawbridge.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Thousands of grants that end in the same second. They are asked for at the door, so that everything about them is as the
 * product makes it; only then their ends are moved to one moment, on record, in the engine and on the target.
 */
final class BurstPart implements Part {
    private static final int MANY = Integer.getInteger("drawbridge.bench.at-once", 5_000);
    private static final int CLIENTS = 8;
    private static final int AHEAD_SECONDS = 10;

    private static final String LOGINS = "select count(*) from pg_roles where rolname ~ '^drawbridge_[0-9a-f]{12}'";

    private final House house;

    BurstPart(House house) {
        this.house = house;
    }

    @Override
    public String name() {
        return "burst";
    }

    @Override
    public void measure(Report report) throws Exception {
        try (Clients clients = new Clients(CLIENTS);
                Clients alone = new Clients(1);
                BarePostgres postgres = new BarePostgres(house, CLIENTS)) {
            double there = house.store().number(Store.APPLICATION, "select count(*) from open_grant");
            if (there < MANY) {
                new Asking(house, clients).times((int) (MANY - there));
            }
            double others = Math.max(0, there - MANY);
            double bare = postgres.drops(clients, alone, MANY);
            double together = postgres.drops(clients, clients, MANY);
            Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(AHEAD_SECONDS);
            moveEnds(end);
            house.store().awaitFor(600, 0, "select count(*) from bench_burst join open_grant using (request_id)");
            double confirmed = house.store()
                    .number(
                            Store.APPLICATION,
                            "select extract(epoch from max(confirmed_at) - '" + end
                                    + "') from bench_burst join revocation_confirmation using (request_id)");
            while (house.store().number(Store.ORDERS, LOGINS) > others) {
                House.pause(20);
            }
            double gone = Math.max(confirmed, ChronoUnit.MILLIS.between(end, Instant.now()) / 1e3);
            Sample lags = Sample.of(house.store()
                    .column("select extract(epoch from confirmed_at - '" + end
                            + "') from bench_burst join revocation_confirmation using (request_id)"));
            report.add("grants that end in the same second", MANY, "");
            report.add("half of them confirmed gone after", lags.median(), "s");
            report.add("the last confirmed gone after", confirmed, "s");
            report.add("no login left after", gone, "s");
            report.add("as many drop role, one to a transaction, on one connection", bare, "s");
            report.add("the same on " + CLIENTS + " connections", together, "s");
            report.add("no login left : drop role", gone / bare, "");
            house.store().execute(Store.APPLICATION, "drop table bench_burst");
        }
    }

    private void moveEnds(Instant end) throws Exception {
        String at = "'" + end + "'::timestamptz";
        house.store()
                .execute(
                        Store.APPLICATION,
                        "set session_replication_role = replica;"
                                + " create table bench_burst as select request_id, r.process_instance_id, g.principal"
                                + " from open_grant o join access_grant g using (request_id)"
                                + " join access_request r on r.id = request_id order by o.ends_at limit " + MANY + ";"
                                + " update access_grant g set expires_at = " + at
                                + " from bench_burst b where b.request_id = g.request_id;"
                                + " update open_grant o set ends_at = " + at + ", next_try_at = " + at
                                + " from bench_burst b where b.request_id = o.request_id;"
                                + " update act_ru_job j set duedate_ = " + at + " at time zone 'UTC' from bench_burst b"
                                + " where j.process_instance_id_ = b.process_instance_id"
                                + " and j.handler_cfg_ = 'boundaryEvent_windowEnded';"
                                + " analyze bench_burst");
        String principals = String.join("','", house.store().texts("select principal from bench_burst"));
        // With its comment, as the product changes a login: else another hand would seem to have been at it.
        house.store()
                .execute(
                        Store.ORDERS,
                        "do $$ declare login record; begin for login in select rolname, shobj_description(oid,"
                                + " 'pg_authid') said from pg_roles where rolname = any(array['" + principals
                                + "']) loop"
                                + " execute format('alter role %I valid until %L', login.rolname, '" + end
                                + "'); execute"
                                + " format('comment"
                                + " on role"
                                + " %I is"
                                + " %L',"
                                + " login.rolname,"
                                + " login.said);"
                                + " end loop;"
                                + " end $$");
    }
}
