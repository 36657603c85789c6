package dev.drawbridge.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** What PostgreSQL is told while something runs, beyond what it is told anyway. */
final class Statements {
    /**
     * @param transactions those that a statement began
     * @param walBytes what was written to the log of changes
     */
    record Counted(double statements, double transactions, double walSyncs, double walBytes) {
        Counted minus(Counted other, double times) {
            return new Counted(
                    statements - other.statements * times,
                    transactions - other.transactions * times,
                    walSyncs - other.walSyncs * times,
                    walBytes - other.walBytes * times);
        }

        Counted each(int most) {
            return new Counted(statements / most, transactions / most, walSyncs / most, walBytes / most);
        }
    }

    interface Work {
        void run() throws Exception;
    }

    private final House house;
    private Counted idle = new Counted(0, 0, 0, 0);

    Statements(House house) {
        this.house = house;
    }

    /** By all that connect to the product's database and to its target, as the application. */
    Counted of(Work work) throws Exception {
        house.store().execute("postgres", "select pg_stat_statements_reset()");
        track("top");
        try {
            idle = over(() -> House.pause(2_000), 2);
            long start = System.nanoTime();
            Counted all = over(work, 1);
            double seconds = (System.nanoTime() - start) / 1e9;
            list();
            return all.minus(idle, seconds);
        } finally {
            track("none");
        }
    }

    /** Each second, while nobody asks for anything. */
    Counted idle() {
        return idle;
    }

    private Counted over(Work work, double seconds) throws Exception {
        Counted before = now();
        work.run();
        Counted all = now().minus(before, 1);
        return new Counted(
                all.statements / seconds, all.transactions / seconds, all.walSyncs / seconds, all.walBytes / seconds);
    }

    /** What was said, the most time first, for whoever wants to know where it goes. */
    private void list() throws Exception {
        List<String> lines = house.store().texts("postgres", """
            select format('%s calls, %s ms in all: %s', calls, round(total_exec_time), regexp_replace(query, '[[:space:]]+', ' ', 'g'))
            from pg_stat_statements order by total_exec_time desc limit 150
            """);
        Files.write(Path.of("target", "bench", "statements.txt"), lines);
    }

    private void track(String what) throws SQLException {
        house.store().execute("postgres", "alter system set pg_stat_statements.track = '" + what + "'");
        house.store().execute("postgres", "select pg_reload_conf()");
    }

    /** By what began them: of a COMMIT that is prepared the extension counts the first alone. */
    private Counted now() throws SQLException {
        double[] seen = house.store().numbers("postgres", """
            select coalesce(sum(calls) filter (where query !~* '^(begin|commit|rollback)'), 0),
                   coalesce(sum(calls) filter (where query ~* '^begin'), 0),
                   (select wal_sync from pg_stat_wal), (select wal_bytes from pg_stat_wal)
            from pg_stat_statements s join pg_roles r on r.oid = s.userid where rolname <> 'postgres'
            """);
        return new Counted(seen[0], seen[1], seen[2], seen[3]);
    }
}
