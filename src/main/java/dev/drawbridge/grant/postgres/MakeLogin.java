package dev.drawbridge.grant.postgres;

import static dev.drawbridge.grant.postgres.Sql.quoted;
import static dev.drawbridge.grant.postgres.Sql.text;

import dev.drawbridge.grant.Access;
import dev.drawbridge.grant.ConnectorException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes a login what was granted, exactly this and nothing beside, whatever it is by now; all in one transaction. */
final class MakeLogin {
    private static final int MOST_CONNECTIONS = 5;

    /** No SET: whatever is made in a session belongs to this login, and goes with it. */
    private static final String WITHOUT_SET = " with admin false, inherit true, set false";

    /** The role as the server names it, where it has no settings to hand on and there is no such login. */
    private static final String ORDINARY = """
            select asked.role::text from (select (?::text)::pg_catalog.name as role) asked
            where not exists (select from pg_catalog.pg_roles l where l.rolname = ?)
              and not exists (select from pg_catalog.pg_db_role_setting s join pg_catalog.pg_roles r on r.oid = s.setrole
                              where r.rolname = asked.role)
            """;

    private final Session target;
    private final Access access;
    private final String principal;
    private final UUID installation;

    MakeLogin(Session target, Access access, UUID installation) {
        this.target = target;
        this.access = access;
        this.principal = access.principal();
        this.installation = installation;
    }

    /**
     * As {@link #until}, in a transaction of its own; a login that is not there yet, of a role for which nothing is set, which is
     * how it mostly is, by one look and one message.
     */
    void inOneTransaction(String end) throws SQLException {
        Optional<String> role =
                target.rows(ORDINARY, row -> row.getString(1), access.place().role(), principal).stream()
                        .findFirst();
        if (role.isPresent()) {
            target.inOneTransaction(session -> anew(role.get(), end));
        } else {
            target.inOneTransaction(session -> until(end));
        }
    }

    private void anew(String group, String end) throws SQLException {
        String login = quoted(principal);
        target.execute("create role " + login + " login inherit connection limit " + MOST_CONNECTIONS + " valid until "
                + end + "; grant " + quoted(group) + " to " + login + WITHOUT_SET + "; "
                + signature(access, installation));
        requireNothingElse(group);
    }

    /** {@code end}: a moment by the target's clock, as a literal. */
    void until(String end) throws SQLException {
        String login = quoted(principal);
        String group = asTheServerNamesIt(access.place().role());
        createUnlessThere();
        // A password that somebody else may have set is none that was revealed.
        String password = Touched.is(target, principal) ? " password null" : "";
        target.execute("alter role " + login + " login inherit connection limit " + MOST_CONNECTIONS + password
                + " valid until " + end);
        takeAttributesBack();
        for (String role : memberships()) {
            if (!role.equals(group)) {
                target.execute("revoke " + quoted(role) + " from " + login);
            }
        }
        target.execute("grant " + quoted(group) + " to " + login + WITHOUT_SET);
        requireNothingElse(group);
        GroupSettings.copy(target, group, principal);
        sign(target, access, installation);
    }

    /** In the transaction of each change of ours: so that another hand's can be told from it. */
    static void sign(Session target, Access access, UUID installation) throws SQLException {
        target.execute(signature(access, installation));
    }

    private static String signature(Access access, UUID installation) throws SQLException {
        return "comment on role " + quoted(access.principal()) + " is "
                + text(PostgresLogins.says(access.requestId()) + PostgresLogins.mark(installation));
    }

    /** A login of this name that was made for something else is not touched: that would be another's access. */
    private void createUnlessThere() throws SQLException {
        List<String> madeFor = target.values(
                "select coalesce(pg_catalog.shobj_description(oid, 'pg_authid'), '') from pg_catalog.pg_roles"
                        + " where rolname = ?",
                principal);
        if (madeFor.isEmpty()) {
            target.execute("create role " + quoted(principal));
        } else if (!madeFor.get(0).startsWith(PostgresLogins.says(access.requestId()))) {
            throw new ConnectorException(
                    "A login " + principal + " is there already, and it was not made for this request.");
        }
    }

    /** A name that is too long is cut off by the server, and so is the one that it is compared with. */
    private String asTheServerNamesIt(String role) throws SQLException {
        return target.values("select (?::text)::pg_catalog.name::text", role).get(0);
    }

    /** Only where there is something to take back: it needs a right that the account may well not have. */
    private void takeAttributesBack() throws SQLException {
        String given = target.values(
                        "select concat_ws(' ', case when rolsuper then 'nosuperuser' end,"
                                + " case when rolcreaterole then 'nocreaterole' end,"
                                + " case when rolcreatedb then 'nocreatedb' end,"
                                + " case when rolreplication then 'noreplication' end,"
                                + " case when rolbypassrls then 'nobypassrls' end)"
                                + " from pg_catalog.pg_roles where rolname = ?",
                        principal)
                .get(0);
        if (!given.isEmpty()) {
            target.execute("alter role " + quoted(principal) + " " + given);
        }
    }

    private List<String> memberships() throws SQLException {
        return target.values(
                "select g.rolname from pg_catalog.pg_auth_members m join pg_catalog.pg_roles g on g.oid = m.roleid"
                        + " join pg_catalog.pg_roles l on l.oid = m.member where l.rolname = ?",
                principal);
    }

    /** What a stronger account has added cannot be taken back by this one: then the access is not confirmed. */
    private void requireNothingElse(String group) throws SQLException {
        List<String> others =
                memberships().stream().filter(role -> !role.equals(group)).toList();
        if (!others.isEmpty()) {
            throw new ConnectorException("The login " + principal + " has been given more by somebody else: "
                    + String.join(", ", others) + ".");
        }
    }
}
