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
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The publications on record, and which of them is in force. */
@Repository
class NumberedPublications {
    /** The engine may know the process by another name once it is in force than when it was proposed. */
    private static final String SELECT = """
            select p.number, p.fingerprint, p.author, p.note, coalesce(l.definition, p.definition) as definition, p.published_at,
                   (select coalesce(max(id), 0) from publication_step) as last
            from publication p left join publication_step l on l.number = p.number and l.stage = 'LIVE'
            """;

    private static final String LATEST =
            SELECT + "where p.number = (select max(number) from publication_step where stage = 'LIVE')";

    private final JdbcClient jdbc;
    private final PublicationSteps steps;
    private final PublishedContents contents;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    NumberedPublications(
            JdbcClient jdbc,
            PublicationSteps steps,
            PublishedContents contents,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.steps = steps;
        this.contents = contents;
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

    /** The one that came into force last. */
    Optional<Publication> latest() {
        return jdbc.sql(LATEST).query(NumberedPublications::read).optional();
    }

    /** The one in force, and how much is on record by then. */
    Optional<Standing> standing() {
        return jdbc.sql(LATEST)
                .query((row, number) -> new Standing(read(row, number), row.getLong("last")))
                .optional();
    }

    Optional<Publication> find(long number) {
        return jdbc.sql(SELECT + "where p.number = :number")
                .param("number", number)
                .query(NumberedPublications::read)
                .optional();
    }

    /** Of all whose number is less, the latest {@code most}, newest first. */
    List<Life> before(long number, int most) {
        List<Publication> found = jdbc.sql(SELECT + "where p.number < :number order by p.number desc limit :most")
                .param("number", number)
                .param("most", most)
                .query(NumberedPublications::read)
                .list();
        if (found.isEmpty()) {
            return List.of();
        }
        long live = latest().orElseThrow().number();
        Map<Long, List<Step>> theirs = steps
                .of(found.get(found.size() - 1).number(), found.get(0).number())
                .stream()
                .collect(Collectors.groupingBy(Step::number));
        return found.stream()
                .filter(one -> theirs.containsKey(one.number()))
                .map(one -> Life.of(one, theirs.getOrDefault(one.number(), List.of()), live))
                .toList();
    }

    /** Of those that came into force before this one, the latest. */
    Optional<Long> liveBefore(long number) {
        return steps.liveBefore(number);
    }

    /** When the files of this one were in force for the first time: the number that they had then. */
    long first(long number) {
        return jdbc.sql("""
                        select min(other.number) from publication p
                        join publication other on other.fingerprint = p.fingerprint
                        join publication_step l on l.number = other.number and l.stage = 'LIVE'
                        where p.number = :number
                        """).param("number", number).query(Long.class).single();
    }

    /** How this one got there. */
    List<Step> steps(long number) {
        return steps.of(number, number);
    }

    /** How far this one has got. */
    Optional<Life> life(long number) {
        return find(number)
                .map(one -> Life.of(
                        one, steps.of(number, number), latest().orElseThrow().number()));
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
        return contents.files(number);
    }

    Optional<byte[]> file(long number, String path) {
        return contents.file(number, path);
    }

    /** The paths of what it holds, each with the SHA-256 of its content. */
    SortedMap<String, String> contents(long number) {
        return contents.digests(number);
    }

    /** Puts the next one on record, and in force; requests go by this process of the engine. {@link #lock} comes before. */
    Publication add(PublishedFiles files, String author, String note, String definition) {
        Publication made = numbered(files, author, note, definition);
        live(made, author, "");
        return made;
    }

    /** Puts the next one on record, to come into force later or never. {@link #lock} comes before. */
    Publication propose(PublishedFiles files, String author, String note, Publication base) {
        Publication made = numbered(files, author, note, base.definition());
        steps.add(made, Stage.PROPOSED, base.number(), Cohort.NOBODY, null, author, "");
        return made;
    }

    private Publication numbered(PublishedFiles files, String author, String note, String definition) {
        long last = jdbc.sql("select coalesce(max(number), 0) from publication")
                .query(Long.class)
                .single();
        Publication made = new Publication(
                last + 1,
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
        contents.add(made.number(), files);
        return made;
    }

    /** Puts one that is on record in force: a trial beside the one before is over. {@link #lock} comes before. */
    void live(Publication made, String actor, String note) {
        Optional<Long> before = latest().map(Publication::number);
        steps.trial()
                .filter(over -> over.number() != made.number())
                .ifPresent(over -> withdraw(over, actor, "Publication " + made.number() + " took its place."));
        steps.live(made, before.orElse(null), actor, note);
        SortedMap<String, String> now = contents.digests(made.number());
        SortedMap<String, String> then = before.map(contents::digests).orElseGet(TreeMap::new);
        events.publishEvent(new Published(made, actor, changed(then, now), removed(then, now)));
    }

    /** Ends a trial, or takes back what is proposed. {@link #lock} comes before. */
    void withdraw(Step over, String actor, String note) {
        steps.add(find(over.number()).orElseThrow(), Stage.WITHDRAWN, over.base(), Cohort.NOBODY, null, actor, note);
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
