package dev.drawbridge.audit;

import java.util.Map;

/**
 * One filter of a search, as SQL.
 *
 * @param sql of an entry {@code e}, whether it holds; or the requests that it holds for, as {@code request_id}
 */
record Condition(Of of, String sql, Map<String, Object> parameters) {

    /** What a condition is about. */
    enum Of {
        /** The moment of the entry. */
        TIME,
        /** Who did it, or what it is: each goes by an index in the order of the list. */
        INDEXED,
        /** The entry, looked at one by one. */
        ENTRY,
        /** The request that the entry belongs to. */
        REQUEST
    }

    static Condition of(Of of, String sql, String name, Object value) {
        return new Condition(of, sql, Map.of(name, value));
    }

    /** Whether it holds for an entry {@code e}; asked for one entry after the other, whatever the planner thinks. */
    String holds() {
        return switch (of) {
            case TIME, INDEXED -> sql;
            case ENTRY -> "(select " + sql + ")";
            case REQUEST -> "(select true from (" + sql + ") s where s.request_id = e.request_id limit 1)";
        };
    }
}
