package dev.drawbridge.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Puts requests on record that are over, by the million. The history of the engine is not made: it is kept for days. */
final class PastRequests {
    static final int MANY = Integer.getInteger("drawbridge.bench.past", 1_000_000);
    /** Each of them has fifty. */
    static final int PEOPLE = Math.max(1, MANY / 50);

    private static final String WITHOUT_TRIGGERS =
            "set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB';"
                    + " set maintenance_work_mem = '512MB';";

    private final House house;

    PastRequests(House house) {
        this.house = house;
    }

    void write() throws Exception {
        house.accounts("past", 1, PEOPLE, "engineers");
        Map<String, String> parts = parts();
        inBulk(true);
        house.store().execute(Store.APPLICATION, WITHOUT_TRIGGERS + parts.get("first"));
        ExecutorService side = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> both = new ArrayList<>();
            for (String part : List.of("one", "two")) {
                both.add(side.submit(() -> {
                    house.store().execute(Store.APPLICATION, WITHOUT_TRIGGERS + parts.get(part));
                    return null;
                }));
            }
            for (Future<?> part : both) {
                part.get();
            }
        } finally {
            side.shutdown();
        }
        house.store().execute(Store.APPLICATION, WITHOUT_TRIGGERS + parts.get("derived") + "drop table bench_past");
        house.store().execute(Store.APPLICATION, "vacuum (analyze, parallel 2)");
        inBulk(false);
        house.store().execute(Store.APPLICATION, "checkpoint");
    }

    /** While so much is written, the server need neither tidy up behind it nor be ready to do it all again. */
    private void inBulk(boolean bulk) throws Exception {
        for (String setting : List.of("autovacuum = off", "full_page_writes = off", "max_wal_size = '16GB'")) {
            String name = setting.substring(0, setting.indexOf(' '));
            house.store().execute("postgres", bulk ? "alter system set " + setting : "alter system reset " + name);
        }
        house.store().execute("postgres", "select pg_reload_conf()");
    }

    private static Map<String, String> parts() throws Exception {
        String script = Files.readString(Path.of("src/test/resources/bench/past-requests.sql"))
                .replace(":many", Integer.toString(MANY))
                .replace(":people", Integer.toString(PEOPLE));
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : script.split("-- split:", -1)) {
            int name = part.indexOf('\n');
            parts.put(part.substring(0, name).strip(), part.substring(name));
        }
        return parts;
    }
}
