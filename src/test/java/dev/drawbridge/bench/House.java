package dev.drawbridge.bench;

import dev.drawbridge.packaged.RunningJar;
import dev.drawbridge.platform.EmbeddedPostgresServer;
import dev.drawbridge.platform.TargetAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The product as it is packaged, on the PostgreSQL that it brings along. The server is started here and not by the
 * application, so that what the product is held against runs on the very same one.
 */
final class House implements AutoCloseable {
    /** How the README starts it: its own words, so that nothing else is measured than what people are told to run. */
    static final List<String> MEMORY = fromReadme();

    private final Path data;
    private EmbeddedPostgresServer server;
    private Store store;
    private RunningJar node;
    private final AtomicInteger people = new AtomicInteger();

    private House(Path data) {
        this.data = data;
    }

    private static List<String> fromReadme() {
        try (Stream<String> lines = Files.lines(Path.of("README.md"))) {
            return lines.filter(line -> line.startsWith("java -Xmx"))
                    .flatMap(line -> Stream.of(line.split(" ")))
                    .filter(word -> word.startsWith("-X"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static House open() throws Exception {
        Path parent = Files.createDirectories(Path.of("target", "bench"));
        House house = new House(Files.createTempDirectory(parent, "data"));
        try (EmbeddedPostgresServer first = EmbeddedPostgresServer.start(house.data, 0);
                Store store = new Store(first)) {
            // Statements can be counted, and are not unless somebody wants to know.
            store.execute("postgres", "alter system set shared_preload_libraries = 'pg_stat_statements'");
            store.execute("postgres", "alter system set pg_stat_statements.track = 'none'");
        }
        house.server = EmbeddedPostgresServer.start(house.data, 0);
        house.store = new Store(house.server);
        house.store.execute("postgres", "create extension pg_stat_statements");
        house.node = RunningJar.prepare().jvm(jvm()).with(house.options());
        house.node.launch();
        house.person("auditor", "auditors");
        house.person("operator", "operators");
        house.person("manager", "managers");
        house.person("owner", "orders-owners");
        return house;
    }

    /** More for the node's JVM, for whoever wants to look into it: a recording, perhaps. */
    private static List<String> jvm() {
        List<String> all = new ArrayList<>(MEMORY);
        String more = System.getProperty("drawbridge.bench.jvm", "");
        if (!more.isBlank()) {
            all.addAll(List.of(more.split(" ")));
        }
        return all;
    }

    private String[] options() {
        TargetAddress own = server.application();
        TargetAddress orders = server.orders();
        return new String[] {
            "--spring.datasource.url=" + own.url(),
            "--spring.datasource.username=" + own.username(),
            "--spring.datasource.password=" + own.password(),
            "--drawbridge.targets.orders.url=" + orders.url(),
            "--drawbridge.targets.orders.username=" + orders.username(),
            "--drawbridge.targets.orders.password=" + orders.password()
        };
    }

    /** As many engineers more, each with a password that is the id, who have all been here before. */
    List<String> engineers(int most, Clients clients) throws Exception {
        List<String> ids = new ArrayList<>();
        for (int n = 0; n < most; n++) {
            ids.add("bench" + people.incrementAndGet());
        }
        accounts("bench", people.get() - most + 1, people.get(), "engineers");
        clients.times(most, (client, n) -> ask(ids.get(n), "GET", "/api/v1/catalog", "", 200));
        return ids;
    }

    private void person(String id, String group) throws SQLException {
        accounts(id, 0, 0, group);
    }

    void accounts(String prefix, int from, int to, String group) throws SQLException {
        String id = from == 0 ? "'" + prefix + "'" : "'" + prefix + "' || n";
        String series = " from generate_series(" + from + ", " + to + ") n";
        store.execute(
                Store.APPLICATION,
                "insert into act_id_user (id_, rev_, first_, last_, pwd_, salt_) select " + id + ", 1, 'Bench', n,"
                        + " '{SHA-512}' || replace(encode(sha512(convert_to(" + id
                        + " || 'salt', 'UTF8')), 'base64'), chr(10), ''), 'salt'" + series
                        + "; insert into act_id_membership (user_id_, group_id_) select " + id + ", '" + group + "'"
                        + series + "; analyze act_id_user, act_id_membership, account");
    }

    /** What is answered, which must have this status. */
    String ask(String who, String method, String path, String body, int expected) throws Exception {
        HttpResponse<String> response = node.exchange(who, method, path, body);
        if (response.statusCode() != expected) {
            throw new IllegalStateException(
                    method + " " + path + " by " + who + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    Store store() {
        return store;
    }

    EmbeddedPostgresServer server() {
        return server;
    }

    static void pause(int milliseconds) throws InterruptedException {
        if (new CountDownLatch(1).await(milliseconds, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("not reached");
        }
    }

    @Override
    public void close() throws Exception {
        node.close();
        store.close();
        server.close();
        // Gigabytes, after some of the parts.
        FileSystemUtils.deleteRecursively(data);
    }
}
