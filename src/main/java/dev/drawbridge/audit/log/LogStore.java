package dev.drawbridge.audit.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database keeps of the log. Leaves, nodes and checkpoints are added together, and never changed. */
final class LogStore implements StoredHashes {
    private static final String ENTRY =
            "e.id, e.at, e.actor, e.kind, e.request_id, e.sentence, e.details::text as details, e.salt, e.xid::text as xid";

    private final JdbcClient jdbc;

    LogStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A checkpoint as it was stored: transactions below {@code horizon} had ended then, those from {@code begun} on had not begun. */
    record Stored(long size, byte[] root, String note, Instant signedAt, Xid horizon, Xid begun) {}

    /** What runs at a moment: the oldest transaction that has not ended, and the first that has not begun. */
    record Running(Xid oldest, Xid next) {}

    /** The number of a transaction, which needs all 64 bits. */
    record Xid(long bits) implements Comparable<Xid> {
        static final Xid FIRST = new Xid(0);
        static final Xid LAST = new Xid(-1);

        static Xid of(String text) {
            return new Xid(Long.parseUnsignedLong(text));
        }

        @Override
        public int compareTo(Xid other) {
            return Long.compareUnsigned(bits, other.bits);
        }

        @Override
        public String toString() {
            return Long.toUnsignedString(bits);
        }
    }

    /** A leaf, and the entry that it is of, as that is now; none where it is gone. */
    record Leaf(
            long position,
            long entryId,
            byte[] hash,
            @Nullable CanonicalEntry entry,
            @Nullable Xid xid) {}

    /** Gives one node at a time the right to add, until the transaction ends. */
    boolean lock() {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended('drawbridge: seal the record', 0))")
                .query(Boolean.class)
                .single();
    }

    Running running() {
        return jdbc.sql("select pg_snapshot_xmin(now)::text as oldest, pg_snapshot_xmax(now)::text as next"
                        + " from pg_current_snapshot() now")
                .query((row, number) -> new Running(Xid.of(row.getString("oldest")), Xid.of(row.getString("next"))))
                .single();
    }

    Optional<Stored> last() {
        return jdbc.sql("select *, horizon::text as below, begun::text as above from audit_log_checkpoint"
                        + " order by size desc limit 1")
                .query((row, number) -> stored(row))
                .optional();
    }

    /** Those that were given out for more than {@code from} leaves, up to {@code to}. */
    List<Stored> checkpoints(long from, long to) {
        return jdbc.sql("select *, horizon::text as below, begun::text as above from audit_log_checkpoint"
                        + " where size > :from and size <= :to order by size")
                .param("from", from)
                .param("to", to)
                .query((row, number) -> stored(row))
                .list();
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                row.getLong("size"),
                row.getBytes("root"),
                row.getString("note"),
                row.getObject("signed_at", OffsetDateTime.class).toInstant(),
                Xid.of(row.getString("below")),
                Xid.of(row.getString("above")));
    }

    /** Committed entries of these transactions that are in no leaf yet, with a number above {@code after}, by their numbers. */
    List<CanonicalEntry> waiting(Xid from, Xid to, long after, int most) {
        return jdbc.sql("select " + ENTRY + """
                         from audit_entry e
                        where e.xid >= (:from::text)::xid8 and e.xid < (:to::text)::xid8 and e.id > :after
                          and not exists (select 1 from audit_log_leaf l where l.entry_id = e.id)
                        order by e.id limit :most
                        """)
                .param("from", from.toString())
                .param("to", to.toString())
                .param("after", after)
                .param("most", most)
                .query((row, number) -> entry(row))
                .list();
    }

    void add(long from, List<CanonicalEntry> entries, List<byte[]> hashes, List<Growth.Node> nodes) {
        jdbc.sql("""
                        insert into audit_log_leaf (position, entry_id, hash)
                        select :from + place - 1, entry::bigint, decode(hash, 'hex')
                        from unnest(:entries::text[], :hashes::text[]) with ordinality leaf (entry, hash, place)
                        """)
                .param("from", from)
                .param(
                        "entries",
                        entries.stream().map(entry -> Long.toString(entry.id())).toArray(String[]::new))
                .param("hashes", hex(hashes))
                .update();
        if (!nodes.isEmpty()) {
            jdbc.sql("""
                            insert into audit_log_node (level, position, hash)
                            select level::smallint, position::bigint, decode(hash, 'hex')
                            from unnest(:levels::text[], :positions::text[], :hashes::text[]) node (level, position, hash)
                            """)
                    .param(
                            "levels",
                            nodes.stream()
                                    .map(node -> Integer.toString(node.level()))
                                    .toArray(String[]::new))
                    .param(
                            "positions",
                            nodes.stream()
                                    .map(node -> Long.toString(node.position()))
                                    .toArray(String[]::new))
                    .param("hashes", hex(nodes.stream().map(Growth.Node::hash).toList()))
                    .update();
        }
    }

    void add(Stored checkpoint) {
        jdbc.sql("insert into audit_log_checkpoint (size, root, note, signed_at, horizon, begun) values"
                        + " (:size, :root, :note, :at, (:horizon::text)::xid8, (:begun::text)::xid8)")
                .param("size", checkpoint.size())
                .param("root", checkpoint.root())
                .param("note", checkpoint.note())
                .param("at", checkpoint.signedAt().atOffset(ZoneOffset.UTC))
                .param("horizon", checkpoint.horizon().toString())
                .param("begun", checkpoint.begun().toString())
                .update();
    }

    /** The public keys that have signed, the latest first. */
    List<String> verifiers() {
        return jdbc.sql("select verifier from audit_log_key order by number desc")
                .query(String.class)
                .list();
    }

    void addVerifier(VerifierKey key, Instant since) {
        jdbc.sql("insert into audit_log_key (verifier, since) values (:key, :since)")
                .param("key", key.toString())
                .param("since", since.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public List<byte[]> read(int level, long from, int count) {
        List<byte[]> hashes = stored(level, from, count);
        if (hashes.size() != count) {
            throw new CannotSeal("Of the hashes " + from + " to " + (from + count - 1) + " at level " + level
                    + " of the log some are gone.");
        }
        return hashes;
    }

    /** As {@link #read}, but for those that are gone. */
    List<byte[]> stored(int level, long from, int count) {
        return jdbc.sql((level == 0
                                ? "select hash from audit_log_leaf where :level = 0"
                                : "select hash from audit_log_node where level = :level")
                        + " and position >= :from and position < :to order by position")
                .param("level", level)
                .param("from", from)
                .param("to", from + count)
                .query((row, number) -> row.getBytes("hash"))
                .list();
    }

    /** The leaves from a position on, with their entries as they are now. */
    List<Leaf> leaves(long from, int most) {
        return jdbc.sql("select l.position, l.entry_id, l.hash, " + ENTRY
                        + " from audit_log_leaf l left join audit_entry e on e.id = l.entry_id"
                        + " where l.position >= :from order by l.position limit :most")
                .param("from", from)
                .param("most", most)
                .query((row, number) -> leaf(row))
                .list();
    }

    private static Leaf leaf(ResultSet row) throws SQLException {
        boolean there = row.getObject("id") != null;
        return new Leaf(
                row.getLong("position"),
                row.getLong("entry_id"),
                row.getBytes("hash"),
                there ? entry(row) : null,
                there ? Xid.of(row.getString("xid")) : null);
    }

    /** When the oldest entry was made that is not sealed yet. */
    Optional<Instant> oldestWaiting() {
        return jdbc.sql("""
                        select min(e.at) as oldest from audit_entry e
                        where e.xid >= coalesce((select c.horizon from audit_log_checkpoint c order by c.size desc limit 1), '0'::xid8)
                          and not exists (select 1 from audit_log_leaf l where l.entry_id = e.id)
                        """)
                .query((row, number) -> Optional.ofNullable(row.getObject("oldest", OffsetDateTime.class)))
                .single()
                .map(OffsetDateTime::toInstant);
    }

    /** Entries that are in no leaf although all of their time are: by their numbers, at most so many. */
    List<Long> passedOver(int most) {
        return jdbc.sql("""
                        select e.id from audit_entry e
                        where (e.xid < (select c.horizon from audit_log_checkpoint c order by c.size desc limit 1)
                               or e.xid >= pg_snapshot_xmax(pg_current_snapshot()))
                          and not exists (select 1 from audit_log_leaf l where l.entry_id = e.id)
                        order by e.id limit :most
                        """).param("most", most).query(Long.class).list();
    }

    /** How many leaves there are, by the last one's position, and the size of the last checkpoint; both of one moment. */
    long[] ends() {
        return jdbc.sql("select coalesce((select max(position) + 1 from audit_log_leaf), 0) as leaves,"
                        + " coalesce((select max(size) from audit_log_checkpoint), 0) as signed")
                .query((row, number) -> new long[] {row.getLong("leaves"), row.getLong("signed")})
                .single();
    }

    private static CanonicalEntry entry(ResultSet row) throws SQLException {
        return CanonicalEntry.of(
                new CanonicalEntry.Told(
                        row.getLong("id"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("actor"),
                        row.getString("kind"),
                        row.getObject("request_id", UUID.class),
                        row.getString("sentence")),
                row.getString("details"),
                row.getObject("salt", UUID.class));
    }

    private static String[] hex(List<byte[]> hashes) {
        return hashes.stream().map(HexFormat.of()::formatHex).toArray(String[]::new);
    }

    /** These entries with their places; an entry that is not sealed yet has none. */
    List<Placed> placed(String where, java.util.Map<String, ?> parameters) {
        return jdbc.sql("select l.position, l.hash, " + ENTRY
                        + " from audit_entry e left join audit_log_leaf l on l.entry_id = e.id" + " where " + where
                        + " order by e.id")
                .params(parameters)
                .query((row, number) ->
                        new Placed(entry(row), row.getObject("position", Long.class), row.getBytes("hash")))
                .list();
    }

    /** An entry, where it is in the log, and the hash under which it is there. */
    record Placed(CanonicalEntry entry, @Nullable Long position, byte @Nullable [] hash) {}

    /** What witnesses said to a checkpoint: lines of its note. */
    List<String> cosignatures(long size) {
        return jdbc.sql("select line from audit_log_cosignature where size = :size order by witness")
                .param("size", size)
                .query(String.class)
                .list();
    }

    /** The latest checkpoint that a witness has cosigned. */
    Optional<Stored> lastCosigned(String witness) {
        return jdbc.sql("select c.*, c.horizon::text as below, c.begun::text as above from audit_log_checkpoint c"
                        + " where size = (select max(size) from audit_log_cosignature where witness = :witness)")
                .param("witness", witness)
                .query((row, number) -> stored(row))
                .optional();
    }

    void addCosignature(long size, String witness, String line, Instant at) {
        jdbc.sql(
                        "insert into audit_log_cosignature (size, witness, line, cosigned_at) values (:size, :witness, :line, :at)"
                                + " on conflict do nothing")
                .param("size", size)
                .param("witness", witness)
                .param("line", line)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }
}
