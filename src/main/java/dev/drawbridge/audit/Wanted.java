package dev.drawbridge.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of the record is looked for, once it is understood.
 *
 * @param about whom it concerns, where that is asked for
 * @param words what is looked for in sentences, as PostgreSQL reads it
 */
record Wanted(
        List<Condition> conditions,
        @Nullable String about,
        @Nullable String words) {
    static final String NAMES = "people_named(e.details) <> '{}' and people_named(e.details) @> array[:about]::text[]";
    static final String QUERY =
            "(nullif(plainto_tsquery('simple', translate(:words, '-_/.', '    '))::text, '') || ':*')::tsquery";

    List<Condition> of(Condition.Of of) {
        return conditions.stream().filter(one -> one.of() == of).toList();
    }

    Map<String, Object> parameters() {
        Map<String, Object> all = new HashMap<>();
        conditions.forEach(one -> all.putAll(one.parameters()));
        if (about != null) {
            all.put("about", about);
        }
        if (words != null) {
            all.put("words", words);
        }
        return all;
    }

    /** What is in the order of the list, and comes to an end: the moments, and one of what has an index of its own. */
    String span() {
        List<Condition> span = new ArrayList<>(of(Condition.Of.TIME));
        of(Condition.Of.INDEXED).stream().findFirst().ifPresent(span::add);
        return and(span);
    }

    /** Everything, of one entry after the other. */
    String holds() {
        return and(conditions)
                + (about == null
                        ? ""
                        : " and ("
                                + Condition.of(Condition.Of.REQUEST, by("about"), "about", about)
                                        .holds() + " or " + NAMES + ")")
                + (words == null ? "" : " and (select words_of(e.sentence) @@ " + QUERY + ")");
    }

    /** The requests that a person sent. */
    static String by(String parameter) {
        return "select r.id as request_id from access_request r where r.requester = :" + parameter;
    }

    private static String and(List<Condition> conditions) {
        return conditions.stream()
                .map(Condition::holds)
                .map(sql -> " and " + sql)
                .collect(Collectors.joining("", "true", ""));
    }
}
