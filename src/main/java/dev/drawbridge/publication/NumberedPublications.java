package dev.drawbridge.publication;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The publications on record, and what they hold. */
@Repository
class NumberedPublications {
    private static final String SELECT =
            "select number, fingerprint, author, note, definition, published_at from publication ";

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    NumberedPublications(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What the server's folders held when they were published.
     *
     * @param rules the fingerprint of the one
     * @param processes that of the other
     */
    record Folders(String rules, String processes) {
        static Folders of(PublishedFiles files) {
            return new Folders(files.fingerprint(PublishedFiles.RULES), files.fingerprint(PublishedFiles.PROCESSES));
        }
    }

    /** Nobody else publishes until the transaction that runs is over. */
    void lock() {
        jdbc.sql("select 1 from (select pg_advisory_xact_lock(hashtextextended('drawbridge: publishing', 0))) locked")
                .query(Integer.class)
                .single();
    }

    /** The one that was published last. */
    Optional<Publication> latest() {
        return jdbc.sql(SELECT + "order by number desc limit 1")
                .query(NumberedPublications::read)
                .optional();
    }

    Optional<Publication> find(long number) {
        return jdbc.sql(SELECT + "where number = :number")
                .param("number", number)
                .query(NumberedPublications::read)
                .optional();
    }

    /** Of all whose number is less, the latest {@code most}, newest first. */
    List<Publication> before(long number, int most) {
        return jdbc.sql(SELECT + "where number < :number order by number desc limit :most")
                .param("number", number)
                .param("most", most)
                .query(NumberedPublications::read)
                .list();
    }

    /** What the folders held when they were published last. */
    Optional<Folders> folders() {
        return jdbc.sql("select rules, processes from publication_of_folders order by number desc limit 1")
                .query((row, number) -> new Folders(row.getString("rules"), row.getString("processes")))
                .optional();
    }

    /** The latest that the folders were published as when they held this. */
    Optional<Long> ofFolders(Folders folders) {
        return jdbc.sql("""
                        select number from publication_of_folders where rules = :rules and processes = :processes
                        order by number desc limit 1
                        """)
                .param("rules", folders.rules())
                .param("processes", folders.processes())
                .query(Long.class)
                .optional();
    }

    PublishedFiles files(long number) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        jdbc.sql(
                        "select path, content from publication_file join publication_content using (sha256) where number = :number")
                .param("number", number)
                .query(row -> {
                    files.put(row.getString("path"), row.getBytes("content"));
                });
        return new PublishedFiles(files);
    }

    Optional<byte[]> file(long number, String path) {
        return jdbc.sql("""
                        select content from publication_file join publication_content using (sha256)
                        where number = :number and path = :path
                        """)
                .param("number", number)
                .param("path", path)
                .query((row, position) -> row.getBytes("content"))
                .optional();
    }

    /** The paths of what it holds, each with the SHA-256 of its content. */
    SortedMap<String, String> contents(long number) {
        SortedMap<String, String> contents = new TreeMap<>();
        jdbc.sql("select path, sha256 from publication_file where number = :number")
                .param("number", number)
                .query(row -> {
                    contents.put(row.getString("path"), row.getString("sha256"));
                });
        return contents;
    }

    /** Puts the next one on record; requests go by this process of the engine. {@link #lock} comes before. */
    Publication add(PublishedFiles files, String author, String note, String definition) {
        Optional<Publication> before = latest();
        Publication made = new Publication(
                before.map(Publication::number).orElse(0L) + 1,
                files.fingerprint(),
                author,
                note,
                definition,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        jdbc.sql("insert into publication values (:number, :fingerprint, :author, :note, :definition, :at)")
                .param("number", made.number())
                .param("fingerprint", made.fingerprint())
                .param("author", author)
                .param("note", note)
                .param("definition", definition)
                .param("at", made.at().atOffset(ZoneOffset.UTC))
                .update();
        files.byPath().forEach((path, content) -> add(made.number(), path, content));
        SortedMap<String, String> now = contents(made.number());
        SortedMap<String, String> then =
                before.map(Publication::number).map(this::contents).orElseGet(TreeMap::new);
        events.publishEvent(new Published(made, changed(then, now), removed(then, now)));
        return made;
    }

    private void add(long number, String path, byte[] content) {
        String sha256 = PublishedFiles.sha256(content);
        jdbc.sql("insert into publication_content values (:sha256, :content) on conflict do nothing")
                .param("sha256", sha256)
                .param("content", content)
                .update();
        jdbc.sql("insert into publication_file values (:number, :path, :sha256)")
                .param("number", number)
                .param("path", path)
                .param("sha256", sha256)
                .update();
    }

    /** That it is what the folders held. */
    void ofFolders(Publication publication, Folders folders) {
        jdbc.sql("insert into publication_of_folders values (:number, :rules, :processes) on conflict do nothing")
                .param("number", publication.number())
                .param("rules", folders.rules())
                .param("processes", folders.processes())
                .update();
    }

    /** The paths of what is other than it was, or was not there. */
    static List<String> changed(Map<String, String> then, Map<String, String> now) {
        return now.entrySet().stream()
                .filter(file -> !file.getValue().equals(then.get(file.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The paths of what is there no more. */
    static List<String> removed(Map<String, String> then, Map<String, String> now) {
        return then.keySet().stream().filter(path -> !now.containsKey(path)).toList();
    }

    private static Publication read(ResultSet row, int number) throws SQLException {
        return new Publication(
                row.getLong("number"),
                row.getString("fingerprint"),
                row.getString("author"),
                row.getString("note"),
                row.getString("definition"),
                row.getObject("published_at", OffsetDateTime.class).toInstant());
    }
}
