package dev.drawbridge.grant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** How a grant is read: with its time as it is by now, and the server that it was made on. */
public final class GrantRow {
    /** The server of a grant {@code g}: {@code made}. What was not told at first may have been told later. */
    static final String SERVER = """
            cross join lateral (
                select count(*) as times, max(nullif(s.server, '')) as server from grant_server s
                where s.request_id = g.request_id) made
            """;

    /** Of a grant {@code g}: the server that it was made on, and whether it is certain that nothing was done there. */
    public static final String PLACE_COLUMNS = "made.server, coalesce(intent.looked_before, false) and made.times = 0"
            // A node of an earlier version may have given it, which put nothing on record before.
            + " and not exists (select 1 from grant_confirmation given where given.request_id = g.request_id)"
            + " as untouched";

    /** What {@link #PLACE_COLUMNS} come from. */
    public static final String PLACE = """
            join access_grant intent on intent.request_id = g.request_id
            """ + SERVER;

    /** A grant {@code g} as it is by now. */
    static final String SELECT = "select g.*, " + PLACE_COLUMNS + " from grant_now g " + PLACE;

    private GrantRow() {}

    /** Of a row with its target and {@link #PLACE_COLUMNS}. */
    public static Place place(ResultSet row) throws SQLException {
        return new Place(
                row.getString("target_system"),
                row.getString("target_role"),
                row.getString("server"),
                row.getBoolean("untouched"));
    }

    /** Of a row of {@link #SELECT}. */
    static Grant grant(ResultSet row, int number) throws SQLException {
        return new Grant(
                row.getObject("request_id", UUID.class),
                row.getString("principal"),
                row.getString("entitlement"),
                place(row),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }
}
