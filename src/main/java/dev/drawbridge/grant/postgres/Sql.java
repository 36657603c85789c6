package dev.drawbridge.grant.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.core.Utils;

/** What is said to a target. Names and texts that cannot be parameters are quoted here. */
final class Sql {
    private Sql() {}

    /** The first column, as text. */
    static List<String> values(Connection target, String sql, String parameter) throws SQLException {
        try (PreparedStatement statement = target.prepareStatement(sql)) {
            statement.setString(1, parameter);
            List<String> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        }
    }

    static void execute(Connection target, String sql) throws SQLException {
        try (Statement statement = target.createStatement()) {
            statement.execute(sql);
        }
    }

    static String quoted(String identifier) throws SQLException {
        return Utils.escapeIdentifier(null, identifier).toString();
    }

    static String text(String value) throws SQLException {
        return "'" + Utils.escapeLiteral(null, value, true) + "'";
    }
}
