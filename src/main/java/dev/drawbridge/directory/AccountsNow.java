package dev.drawbridge.directory;

import dev.drawbridge.platform.Accounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Asks the tables beside the engine's, since every call asks: one statement for all, where the engine needs three. */
@Repository
public class AccountsNow implements Accounts {
    private final JdbcClient jdbc;
    private final Roles roles;
    private final Clock clock;

    AccountsNow(@Lazy JdbcClient jdbc, Roles roles, Clock clock) {
        this.jdbc = jdbc;
        this.roles = roles;
        this.clock = clock;
    }

    /**
     * An account, with what is kept of its password.
     *
     * @param hash as the engine keeps it; none: nobody signs in to this account with a password
     */
    public record WithPassword(
            Account account,
            @Nullable String hash,
            @Nullable String salt) {
        /** Nothing of it belongs into a log. */
        @Override
        public String toString() {
            return "WithPassword[]";
        }
    }

    @Override
    public Optional<Account> now(String id) {
        return read(id, (row, number) -> account(row));
    }

    /** The account with exactly this id, and what its password is held against, as of one moment. */
    public Optional<WithPassword> withPassword(String id) {
        return read(id, (row, number) -> new WithPassword(account(row), row.getString("pwd_"), row.getString("salt_")));
    }

    private <T> Optional<T> read(String id, RowMapper<T> as) {
        // The database refuses a question that holds a NUL; no account's id does.
        return id.indexOf('\0') >= 0
                ? Optional.empty()
                : jdbc.sql("""
                    select generation || '/' || credential as generation, pwd_, salt_,
                           array(select m.group_id_ from act_id_membership m where m.user_id_ = account.id and""" + EngineDirectory.LASTS + """
                           ) as groups
                    from account left join act_id_user on id_ = id where id = :id and left_at is null
                    """)
                        .param("id", id)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .query(as)
                        .optional();
    }

    private Account account(ResultSet row) throws SQLException {
        return new Account(
                roles.within(List.of((String[]) row.getArray("groups").getArray())), row.getString("generation"));
    }
}
