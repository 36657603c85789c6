package dev.drawbridge.platform;

import jakarta.annotation.PreDestroy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What each node on this database runs. Times here are the database's, since each node has a clock of its own. */
@Component
public class RunningNodes {
    private static final Logger log = LoggerFactory.getLogger(RunningNodes.class);

    private final UUID id = UUID.randomUUID();
    private final JdbcClient jdbc;
    private final ObjectProvider<SameOnAllNodes> parts;
    private final Environment environment;
    private final String release;

    RunningNodes(
            JdbcClient jdbc,
            ObjectProvider<SameOnAllNodes> parts,
            Environment environment,
            ObjectProvider<BuildProperties> build) {
        this.jdbc = jdbc;
        this.parts = parts;
        this.environment = environment;
        BuildProperties built = build.getIfAvailable();
        this.release = built == null ? "development" : built.getVersion() + " of " + built.getTime();
    }

    @Scheduled(fixedDelayString = "${drawbridge.nodes.every:PT10S}", initialDelayString = "PT1S")
    void look() {
        try {
            tell();
        } catch (DataAccessException unreachable) {
            log.warn("Other nodes do not hear what this one runs: {}", unreachable.getMessage());
        }
    }

    private void tell() {
        Map<String, String> runs = new LinkedHashMap<>();
        runs.put("release", release);
        parts.forEach(part -> runs.put(part.part(), part.fingerprint()));
        jdbc.sql("""
                        insert into node_runs
                        select :node, :name, said.*, now() from unnest(:parts::text[], :fingerprints::text[]) said
                        on conflict (node, part) do update set name = excluded.name, fingerprint = excluded.fingerprint,
                                                               seen_at = excluded.seen_at
                        """)
                .param("node", id)
                .param("name", name())
                .param("parts", runs.keySet().toArray(String[]::new))
                .param("fingerprints", runs.values().toArray(String[]::new))
                .update();
        jdbc.sql("delete from node_runs where seen_at < now() - interval '1 minute'")
                .update();
    }

    /** What each of them runs that has said so within a minute: by its name, part by part. */
    Map<String, Map<String, String>> running() {
        Map<String, Map<String, String>> nodes = new TreeMap<>();
        jdbc.sql(
                        "select name, part, fingerprint from node_runs where seen_at > now() - interval '1 minute' order by 1, 2")
                .query(row -> {
                    nodes.computeIfAbsent(row.getString("name"), name -> new TreeMap<>())
                            .put(row.getString("part"), row.getString("fingerprint"));
                });
        return nodes;
    }

    /** Whether there is a node beside this one, which is running or about to. */
    public boolean othersRun() {
        return jdbc.sql("select exists (select 1 from node_runs where node <> :node and name <> :name"
                        + " and seen_at > now() - interval '1 minute')")
                .param("node", id)
                // One that was killed at this address is this one.
                .param("name", name())
                .query(Boolean.class)
                .single();
    }

    /** The parts of which not all run the same. */
    static List<String> differing(Map<String, Map<String, String>> running) {
        return running.values().stream()
                .flatMap(runs -> runs.keySet().stream())
                .distinct()
                .sorted()
                .filter(part -> running.values().stream()
                                .map(runs -> runs.getOrDefault(part, ""))
                                .distinct()
                                .count()
                        > 1)
                .toList();
    }

    private String name() {
        String port = environment.getProperty("local.server.port", environment.getProperty("server.port", ""));
        try {
            return InetAddress.getLocalHost().getHostName() + ":" + port;
        } catch (UnknownHostException nameless) {
            return id + ":" + port;
        }
    }

    @PreDestroy
    void leave() {
        try {
            jdbc.sql("delete from node_runs where node = :node")
                    .param("node", id)
                    .update();
        } catch (DataAccessException gone) {
            // Then it is forgotten after a minute.
        }
    }
}
