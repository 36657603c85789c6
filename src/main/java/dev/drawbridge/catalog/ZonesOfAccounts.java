package dev.drawbridge.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which zones accounts have chosen, and which their browsers last had. */
@Repository
class ZonesOfAccounts {
    private final JdbcClient jdbc;

    ZonesOfAccounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is kept of an account.
     *
     * @param browser where no browser was seen yet, the zone that the identity provider says
     */
    record Kept(Optional<ZoneId> chosen, Optional<ZoneId> browser) {
        static final Kept NOTHING = new Kept(Optional.empty(), Optional.empty());
    }

    Kept of(String person) {
        return jdbc.sql(
                        "select chosen, coalesce(browser, zone) as browser from account left join account_zone using (id, generation)"
                                + " where id = :person")
                .param("person", person)
                .query(ZonesOfAccounts::read)
                .optional()
                .orElse(Kept.NOTHING);
    }

    /** Nothing chosen: the browser's counts again. */
    void choose(String person, @Nullable ZoneId zone) {
        jdbc.sql("""
                        insert into account_zone (id, generation, chosen)
                        select id, generation, :zone from account where id = :person
                        on conflict (id, generation) do update set chosen = excluded.chosen
                        """)
                .param("person", person)
                .param("zone", zone == null ? null : zone.getId())
                .update();
    }

    void seen(String person, ZoneId zone) {
        jdbc.sql("""
                        insert into account_zone (id, generation, browser)
                        select id, generation, :zone from account where id = :person
                        on conflict (id, generation) do update set browser = excluded.browser
                        where account_zone.browser is distinct from excluded.browser
                        """).param("person", person).param("zone", zone.getId()).update();
    }

    /** A zone name that only another version knew is ignored, like an unknown one. */
    private static Kept read(ResultSet row, int number) throws SQLException {
        return new Kept(
                Optional.ofNullable(row.getString("chosen")).flatMap(Zones::named),
                Optional.ofNullable(row.getString("browser")).flatMap(Zones::named));
    }
}
