package dev.drawbridge.directory;

import dev.drawbridge.platform.PersonTold;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Whose accounts those are whom an identity provider vouches for, and what it said of them last. */
@Repository
class Subjects {
    private final JdbcClient jdbc;
    private final Roles roles;
    private final Clock clock;

    Subjects(@Lazy JdbcClient jdbc, Roles roles, Clock clock) {
        this.jdbc = jdbc;
        this.roles = roles;
        this.clock = clock;
    }

    /**
     * What stands in an account of now.
     *
     * @param toldAt when what was taken over last was said
     * @param memberships all, whether they last or not
     * @param current those that last, as a sign-in has them
     * @param groups those of the groups that were told that there are
     * @param manager who was told to lead the person, where there is such an account; else none
     * @param managers as recorded
     */
    record Standing(
            String id,
            Instant toldAt,
            boolean left,
            String credential,
            Set<String> current,
            Set<String> memberships,
            Set<String> groups,
            @Nullable String manager,
            List<String> managers,
            @Nullable String first,
            @Nullable String last,
            @Nullable String mail,
            @Nullable String zone) {}

    /** The account of this person, beside what is told of them; one statement. */
    Optional<Standing> find(PersonTold told) {
        return jdbc.sql("with " + EngineDirectory.RELATED + """
                        select u.id_, s.told_at, a.left_at, a.generation || '/' || a.credential as generation,
                               u.first_, u.last_, u.email_, a.zone,
                               array(select m.group_id_ from act_id_membership m where m.user_id_ = a.id and""" + EngineDirectory.LASTS + """
                               ) as current,
                               array(select m.group_id_ from act_id_membership m where m.user_id_ = a.id) as memberships,
                               array(select g.id_ from act_id_group g where g.id_ = any(:groups)) as groups,
                               (select m.id from account m where m.id = :manager and m.left_at is null) as manager,
                               array(select r.other from related r
                                     where r.person = a.id and r.relation = 'MANAGER' and r.there order by r.place) as managers
                        from account_subject s
                        join account a on a.id = s.account and a.generation = s.generation
                        join act_id_user u on u.id_ = a.id
                        where s.issuer = :issuer and s.subject = :subject
                        """)
                .param("issuer", told.issuer())
                .param("subject", told.subject())
                .param("groups", EngineDirectory.askable(told.groups().orElse(Set.of())))
                .param("manager", told.manager().filter(AccountIds::fits).orElse(null), java.sql.Types.VARCHAR)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(this::standing)
                .optional();
    }

    private Standing standing(ResultSet row, int number) throws SQLException {
        return new Standing(
                row.getString("id_"),
                row.getObject("told_at", OffsetDateTime.class).toInstant(),
                row.getObject("left_at") != null,
                row.getString("generation"),
                roles.within(texts(row, "current")),
                Set.copyOf(texts(row, "memberships")),
                Set.copyOf(texts(row, "groups")),
                row.getString("manager"),
                texts(row, "managers"),
                row.getString("first_"),
                row.getString("last_"),
                row.getString("email_"),
                row.getString("zone"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    /** The account or group that counts as this one, however it is written, if there is one. */
    Optional<String> takenBy(String id) {
        String one = AccountIds.oneOf(id);
        return jdbc
                .sql("select id_ from act_id_user union all select id_ from act_id_group")
                .query(String.class)
                .list()
                .stream()
                .filter(other -> AccountIds.oneOf(other).equals(one))
                .findFirst();
    }

    /** From now on this account is that person's. */
    void add(PersonTold told) {
        jdbc.sql("""
                        insert into account_subject (issuer, subject, account, generation, told_at)
                        select :issuer, :subject, id, generation, :at from account where id = :id
                        """)
                .param("issuer", told.issuer())
                .param("subject", told.subject())
                .param("id", told.id())
                .param("at", told.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Until when what was said counts no more. */
    void takenOver(PersonTold told) {
        jdbc.sql("update account_subject set told_at = :at where issuer = :issuer and subject = :subject")
                .param("at", told.at().atOffset(ZoneOffset.UTC))
                .param("issuer", told.issuer())
                .param("subject", told.subject())
                .update();
    }

    void write(Standing wanted) {
        jdbc.sql("""
                        update act_id_user set first_ = :first, last_ = :last, email_ = :mail, rev_ = rev_ + 1
                        where id_ = :id and (first_, last_, email_) is distinct from (:first, :last, :mail)
                        """)
                .param("first", wanted.first(), java.sql.Types.VARCHAR)
                .param("last", wanted.last(), java.sql.Types.VARCHAR)
                .param("mail", wanted.mail(), java.sql.Types.VARCHAR)
                .param("id", wanted.id())
                .update();
        jdbc.sql("update account set zone = :zone where id = :id and zone is distinct from :zone")
                .param("zone", wanted.zone(), java.sql.Types.VARCHAR)
                .param("id", wanted.id())
                .update();
    }
}
