package dev.drawbridge.grant.postgres;

import dev.drawbridge.grant.Login;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the logins that bear the name of a grant, with everything that they may do. */
final class PostgresLogins {
    private static final String LOGINS = """
            select r.rolname, r.rolcanlogin,
                   array(select g.rolname::text from pg_auth_members m join pg_roles g on g.oid = m.roleid
                         where m.member = r.oid order by 1) as roles,
                   array_remove(array[case when r.rolsuper then 'is a superuser' end,
                                      case when r.rolcreaterole then 'may make roles' end,
                                      case when r.rolcreatedb then 'may make databases' end,
                                      case when r.rolreplication then 'may replicate' end,
                                      case when r.rolbypassrls then 'bypasses row security' end], null)
                   || array(select 'may hand out ' || g.rolname from pg_auth_members m join pg_roles g on g.oid = m.roleid
                            where m.member = r.oid and m.admin_option)
                   || array(select 'may act as ' || g.rolname from pg_auth_members m join pg_roles g on g.oid = m.roleid
                            where m.member = r.oid and m.set_option)
                   || array(select 'is lent to ' || l.rolname from pg_auth_members m join pg_roles l on l.oid = m.member
                            where m.roleid = r.oid and l.rolname <> current_user)
                   || array(select distinct 'has rights of its own in ' || coalesce(d.datname::text, 'the server')
                            from pg_shdepend s left join pg_database d on d.oid = s.dbid
                            where s.refclassid = 'pg_authid'::regclass and s.refobjid = r.oid and s.deptype = 'a'
                              -- These any login can give to any other: they open nothing, and must end nobody's access.
                              and s.classid not in ('pg_largeobject'::regclass, 'pg_default_acl'::regclass)) as rights,
                   case when r.rolvaliduntil < 'infinity' then r.rolvaliduntil end as valid_until,
                   exists (select 1 from pg_auth_members m join pg_roles me on me.oid = m.member
                           where m.roleid = r.oid and me.rolname = current_user and m.admin_option) as ours
            from pg_roles r
            where r.rolname ~ '^drawbridge_[0-9a-f]{12}$' and (?::text is null or r.rolname = ?)
            """;

    private PostgresLogins() {}

    /** All, or the one that is named. */
    static List<Login> read(Connection target, @Nullable String principal) throws SQLException {
        try (PreparedStatement statement = target.prepareStatement(LOGINS)) {
            statement.setString(1, principal);
            statement.setString(2, principal);
            List<Login> logins = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    OffsetDateTime end = rows.getObject("valid_until", OffsetDateTime.class);
                    logins.add(new Login(
                            rows.getString("rolname"),
                            texts(rows.getArray("roles")),
                            texts(rows.getArray("rights")),
                            end == null ? null : end.toInstant(),
                            rows.getBoolean("rolcanlogin"),
                            rows.getBoolean("ours")));
                }
            }
            return logins;
        }
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
