package dev.drawbridge.guardrails;

import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How often guardrails have counted lately. */
@Component
public class FiredLately {
    /** As many as are counted without anybody waiting for it. */
    private static final int MOST = 5_000;

    private final JdbcClient jdbc;

    FiredLately(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What was looked at.
     *
     * @param requests how many were, the latest ones; at most 5,000
     * @param byRule in how many of them each guardrail fired, by its id, such as {@code automatic/low-up-to-an-hour}
     */
    public record Fired(int requests, Map<String, Integer> byRule) {}

    /** In the latest requests. */
    public Fired look() {
        Map<String, Integer> byRule = new HashMap<>();
        int[] requests = new int[1];
        jdbc.sql("""
                        with lately as (
                            select v.findings from judgement j join verdict v on v.request_id = j.request_id
                            where j.occasion = 'SUBMISSION' order by j.judged_at desc limit :most)
                        select null as rule, count(*) as times from lately
                        union all
                        select rule, count(*) from (
                            select distinct l.number, finding ->> 'rule' as rule
                            from (select row_number() over () as number, findings from lately) l,
                                 jsonb_array_elements(l.findings) finding) each_once
                        group by rule
                        """).param("most", MOST).query(row -> {
            String rule = row.getString("rule");
            if (rule == null) {
                requests[0] = row.getInt("times");
            } else {
                byRule.put(rule, row.getInt("times"));
            }
        });
        return new Fired(requests[0], byRule);
    }
}
