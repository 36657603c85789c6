package dev.drawbridge.grant;

import dev.drawbridge.directory.Directory;
import dev.drawbridge.guardrails.RecordedVerdict;
import dev.drawbridge.guardrails.Verdicts;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What is on record of a request that stands before the grant door: all of it by one statement, inside the door's lock, and
 * the account that asked by another.
 */
@Repository
class DoorFacts {
    private final JdbcClient jdbc;
    private final Verdicts verdicts;
    private final Directory people;

    DoorFacts(JdbcClient jdbc, Verdicts verdicts, Directory people) {
        this.jdbc = jdbc;
        this.verdicts = verdicts;
        this.people = people;
    }

    /**
     * The facts that the door goes by, beside the answers of people.
     *
     * @param verdict none where none was given
     * @param isOver whether the request has ended, its access is to end, or it has been given more time already
     * @param accountIsGone whether the account that asked is gone, even if another has its id now
     * @param groups the requester's, now
     * @param signIn how the requester had signed in when asking, in the groups of now; none where that is not on record
     * @param grant the access, where an earlier try has decided on it
     * @param isGiven whether its target has confirmed the access
     * @param judged what the entitlements were that have been judged for it, by their fingerprints
     * @param stillToDo what a company's process has asked somebody to do for it, and nobody has done; none: nothing
     * @param latest the number of the publication in force
     * @param nameIsTaken whether another grant has, or had, the login that this one would be given
     */
    record Facts(
            @Nullable RecordedVerdict verdict,
            boolean isOver,
            boolean accountIsGone,
            Set<String> groups,
            @Nullable SignIn signIn,
            @Nullable Grant grant,
            boolean isGiven,
            Set<String> judged,
            @Nullable String stillToDo,
            long latest,
            boolean nameIsTaken) {
        Facts {
            groups = Set.copyOf(groups);
            judged = Set.copyOf(judged);
        }
    }

    Facts of(AccessRequest request) {
        Optional<Directory.Account> now = people.account(request.requester());
        return jdbc.sql("""
                        select r.id as request_id, v.*, s.*, r.requester,
                               g.principal, g.entitlement, g.target_system, g.target_role, g.started_at, g.expires_at,
                               """ + GrantRow.PLACE_COLUMNS + """
                               ,
                               exists (select 1 from grant_confirmation c where c.request_id = r.id) as is_given,
                               exists (select 1 from access_grant other
                                       where other.principal = :name and other.request_id <> r.id) as name_is_taken,
                               exists (select 1 from request_end e where e.request_id = r.id)
                                   or exists (select 1 from revocation e where e.request_id = r.id)
                                   or exists (select 1 from grant_extension e where e.request_id = r.id) as is_over,
                               array(select j.fingerprint from judged_entitlement j where j.request_id = r.id) as judged,
                               (select min(t.name) from own_task_open t where t.request_id = r.id) as still_to_do,
                               (select coalesce(max(p.number), 0) from publication_step p where p.stage = 'LIVE') as latest_publication,
                               (select asked.generation from request_account asked where asked.request_id = r.id) as asked_by
                        from access_request r
                        left join request_sign_in s on s.request_id = r.id
                        left join verdict v on v.request_id = r.id
                        left join grant_now g on g.request_id = r.id
                        left join access_grant intent on intent.request_id = r.id
                        """ + GrantRow.SERVER + """
                        where r.id = :id
                        """)
                .param("id", request.id())
                .param("name", Access.principalFor(request.id()))
                .query((row, number) -> read(request.id(), row, now))
                .single();
    }

    private Facts read(UUID id, ResultSet row, Optional<Directory.Account> now) throws SQLException {
        Set<String> groups = now.map(Directory.Account::groups).orElse(Set.of());
        UUID askedBy = row.getObject("asked_by", UUID.class);
        return new Facts(
                row.getString("outcome") == null ? null : verdicts.read(id, row),
                row.getBoolean("is_over"),
                askedBy != null && !now.map(Directory.Account::generation).equals(Optional.of(askedBy)),
                groups,
                row.getString("method") == null
                        ? null
                        : AccessRequests.signIn(row).with(groups),
                row.getString("principal") == null ? null : GrantRow.grant(row, 0),
                row.getBoolean("is_given"),
                Set.of((String[]) row.getArray("judged").getArray()),
                row.getString("still_to_do"),
                row.getLong("latest_publication"),
                row.getBoolean("name_is_taken"));
    }
}
