package dev.drawbridge.grant.postgres;

import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.Login;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads the logins that bear the name of a grant, with everything that they may do. */
final class PostgresLogins {
    /** How the logins are called that are made here. */
    static final String NAMES = "^drawbridge_[0-9a-f]{12,32}$";

    private static final String LOGINS = """
            select r.rolname, r.rolcanlogin,
                   array(select g.rolname::text from pg_catalog.pg_auth_members m join pg_catalog.pg_roles g on g.oid = m.roleid
                         where m.member = r.oid order by 1) as roles,
                   array_remove(array[case when r.rolsuper then 'is a superuser' end,
                                      case when r.rolcreaterole then 'may make roles' end,
                                      case when r.rolcreatedb then 'may make databases' end,
                                      case when r.rolreplication then 'may replicate' end,
                                      case when r.rolbypassrls then 'bypasses row security' end], null)
                   || array(select 'may hand out ' || g.rolname from pg_catalog.pg_auth_members m join pg_catalog.pg_roles g on g.oid = m.roleid
                            where m.member = r.oid and m.admin_option)
                   || array(select 'may act as ' || g.rolname from pg_catalog.pg_auth_members m join pg_catalog.pg_roles g on g.oid = m.roleid
                            where m.member = r.oid and m.set_option)
                   || array(select 'is lent to ' || l.rolname from pg_catalog.pg_auth_members m join pg_catalog.pg_roles l on l.oid = m.member
                            where m.roleid = r.oid and l.rolname <> current_user)
                   || array(select distinct 'has rights of its own in ' || coalesce(d.datname::text, 'the server')
                            from pg_catalog.pg_shdepend s left join pg_catalog.pg_database d on d.oid = s.dbid
                            where s.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass and s.refobjid = r.oid and s.deptype = 'a'
                              -- These any login can give to any other: they open nothing, and must end nobody's access.
                              and s.classid not in ('pg_catalog.pg_largeobject'::pg_catalog.regclass,
                                            'pg_catalog.pg_default_acl'::pg_catalog.regclass)) as rights,
                   case when r.rolvaliduntil < 'infinity' then r.rolvaliduntil end as valid_until,
                   exists (select 1 from pg_catalog.pg_auth_members m join pg_catalog.pg_roles me on me.oid = m.member
                           where m.roleid = r.oid and me.rolname = current_user and m.admin_option) as ours
            from pg_catalog.pg_roles r
            where r.rolname ~ '^drawbridge_[0-9a-f]{12,32}$'
            """;
    private static final String MARK = ", given by Drawbridge ";
    private static final String NOT_ANOTHERS = """
             and (coalesce(position(? in pg_catalog.shobj_description(r.oid, 'pg_authid')), 0) = 0
                  or pg_catalog.shobj_description(r.oid, 'pg_authid') like '%' || ?)
            """;

    /** Names are in the order of their bytes, whatever the language of the target. */
    static final String WITHIN = " and r.rolname > ? and r.rolname <= ?";

    private final Skew skew;

    PostgresLogins(Skew skew) {
        this.skew = skew;
    }

    /** What is written beside each login that an installation makes. */
    static String mark(UUID installation) {
        return MARK + installation;
    }

    /** What is written beside the login of a request. */
    static String says(UUID requestId) {
        return "Access request " + requestId;
    }

    /**
     * Those in a stretch of the alphabet, but for those that bear the mark of another installation; one without a mark may be
     * anybody's, so it is among them.
     */
    List<Login> ofInstallation(Session target, UUID installation, Connector.Stretch of) throws SQLException {
        return read(
                target,
                Touched.on(target, of),
                LOGINS + NOT_ANOTHERS + WITHIN,
                MARK,
                mark(installation),
                of.after(),
                of.upTo());
    }

    Optional<Login> named(Session target, String principal) throws SQLException {
        Set<String> touched = Touched.is(target, principal) ? Set.of(principal) : Set.of();
        return read(target, touched, LOGINS + " and r.rolname = ?", principal).stream()
                .findFirst();
    }

    private List<Login> read(Session target, Set<String> touched, String sql, String... parameters)
            throws SQLException {
        Duration ahead = skew.of(target);
        return target.rows(sql, row -> read(row, ahead, touched), parameters);
    }

    private static Login read(ResultSet row, Duration ahead, Set<String> touched) throws SQLException {
        OffsetDateTime end = row.getObject("valid_until", OffsetDateTime.class);
        return new Login(
                row.getString("rolname"),
                texts(row.getArray("roles")),
                texts(row.getArray("rights")),
                // By our own clock, since it is held against what was granted.
                end == null ? null : end.toInstant().minus(ahead),
                row.getBoolean("rolcanlogin"),
                touched.contains(row.getString("rolname")),
                row.getBoolean("ours"));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
