package dev.drawbridge.request;

import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * A fingerprint of what is under way for a person, their own requests and what they are asked: as long as it stays the same, they
 * need not look again. Pages ask for it every few seconds, so it costs one statement over what is open, and keeps nobody waiting.
 */
@Repository
public class News {
    private static final String OF_A_PERSON = """
            select md5(coalesce(string_agg(what, ',' order by what), '')) from (
                select 'asked ' || coalesce(max(submitted_at)::text, '') as what from access_request where requester = :me
                union all
                select 'own ' || e.id_ || coalesce(e.act_id_, '') || e.is_active_
                from open_request o
                cross join lateral (
                    select r.process_instance_id from access_request r where r.id = o.request_id offset 0) r
                join act_ru_execution e on e.proc_inst_id_ = r.process_instance_id
                where o.requester = :me
                union all
                select 'task ' || t.id_ || coalesce(t.assignee_, '')
                from act_ru_task t
                where t.id_ in (
                    select mine.id_ from act_ru_task mine where mine.assignee_ = :me
                    union
                    select l.task_id_ from act_ru_identitylink l where l.user_id_ = :me
                    union
                    select l.task_id_ from act_ru_identitylink l where l.group_id_ = any(:groups))
            ) news
            """;

    private final JdbcClient jdbc;

    News(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** For a person who is in these groups. */
    public String of(String person, Set<String> groups) {
        return jdbc.sql(OF_A_PERSON)
                .param("me", person)
                .param("groups", groups.toArray(String[]::new))
                .query(String.class)
                .single();
    }
}
