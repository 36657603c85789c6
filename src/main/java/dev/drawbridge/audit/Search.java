package dev.drawbridge.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds entries, newest first. Where a filter leaves few requests, or few sentences, those are looked up; else the record is
 * walked from where the page begins, which soon finds a page's worth, since what is not rare is everywhere. Where it is not, the
 * walk ends after so many entries, and the page with it: no search costs more, however much there is.
 */
@Repository
class Search {
    /** So many requests are few. */
    private static final int FEW_REQUESTS = 3_000;

    private static final int FEW_SENTENCES = 20_000;

    /** At first a short look, then a long one. */
    private static final int[] STEPS = {2_000, 30_000};

    private static final String NEWEST_FIRST = " order by e.at desc, e.id desc limit :most";

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    Search(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** An entry as it is kept. */
    record Found(
            OffsetDateTime at,
            long id,
            String actor,
            String kind,
            @Nullable UUID request,
            String sentence,
            JsonNode details) {
        Mark mark() {
            return new Mark(at.toInstant(), Long.toString(id));
        }
    }

    /**
     * Some of what was looked for.
     *
     * @param next where to go on; none: there is no more. There may be fewer than were wanted, and more to come.
     */
    record Page(List<Found> items, @Nullable Mark next) {}

    Page page(Wanted wanted, @Nullable Mark after, int size) {
        Optional<Driver> driver = driver(wanted);
        return driver.isPresent() ? looked(wanted, driver.get(), after, size) : walked(wanted, after, size);
    }

    /** What leaves few entries, as a condition of its own. */
    private record Driver(String sql, String name, Object value) {}

    private Optional<Driver> driver(Wanted wanted) {
        if (wanted.conditions().stream().anyMatch(one -> one.parameters().containsKey("request"))) {
            return Optional.of(new Driver("e.request_id = :request", "few", ""));
        }
        return ofRequests(wanted).or(() -> ofAbout(wanted)).or(() -> ofWords(wanted));
    }

    /** The first filter that leaves few by itself: two that leave many each are not held against one another beforehand. */
    private Optional<Driver> ofRequests(Wanted wanted) {
        return wanted.of(Condition.Of.REQUEST).stream()
                .flatMap(one ->
                        few("select s.request_id from (" + one.sql() + ") s", wanted, FEW_REQUESTS, UUID.class)
                                .stream())
                .findFirst()
                .map(ids -> new Driver("e.request_id = any(:few::uuid[])", "few", ids));
    }

    private Optional<Driver> ofAbout(Wanted wanted) {
        return wanted.about() == null
                ? Optional.empty()
                : few(Wanted.by("about"), wanted, FEW_REQUESTS, UUID.class)
                        .map(ids ->
                                new Driver("(e.request_id = any(:few::uuid[]) or " + Wanted.NAMES + ")", "few", ids));
    }

    private Optional<Driver> ofWords(Wanted wanted) {
        return wanted.words() == null
                ? Optional.empty()
                : few(
                                "select e.id from audit_entry e where words_of(e.sentence) @@ " + Wanted.QUERY,
                                wanted,
                                FEW_SENTENCES,
                                Long.class)
                        .map(ids -> new Driver("e.id = any(:few::bigint[])", "few", ids));
    }

    private Optional<String[]> few(String sql, Wanted wanted, int most, Class<?> type) {
        List<?> ids = jdbc.sql(sql + " limit :most")
                .params(wanted.parameters())
                .param("most", most + 1)
                .query(type)
                .list();
        return ids.size() > most
                ? Optional.empty()
                : Optional.of(ids.stream().map(Object::toString).toArray(String[]::new));
    }

    private Page looked(Wanted wanted, Driver driver, @Nullable Mark after, int size) {
        Map<String, Object> parameters = parameters(wanted, after);
        parameters.put(driver.name(), driver.value());
        List<Found> found = found(
                "select * from (select * from audit_entry e where " + driver.sql() + behind(after)
                        + " offset 0) e where " + wanted.holds(),
                parameters,
                size + 1);
        List<Found> shown = found.subList(0, Math.min(size, found.size()));
        return new Page(shown, found.size() > size ? shown.get(size - 1).mark() : null);
    }

    private Page walked(Wanted wanted, @Nullable Mark after, int size) {
        List<Found> found = new ArrayList<>();
        Mark from = after;
        for (int step : STEPS) {
            Mark end = end(wanted, from, step);
            Map<String, Object> parameters = parameters(wanted, from);
            if (end != null) {
                put(parameters, "end", end);
            }
            found.addAll(found(
                    "select * from audit_entry e where " + wanted.span() + behind(from)
                            + (end == null ? "" : " and (e.at, e.id) >= (:endAt, :endId)") + " and " + wanted.holds(),
                    parameters,
                    size + 1 - found.size()));
            if (found.size() > size) {
                List<Found> shown = found.subList(0, size);
                return new Page(shown, shown.get(size - 1).mark());
            }
            if (end == null) {
                return new Page(found, null);
            }
            from = end;
        }
        return new Page(found, from);
    }

    /** The last entry of so many, of what is in the order of the list; none where there are no more. */
    private @Nullable Mark end(Wanted wanted, @Nullable Mark from, int step) {
        return jdbc.sql("select e.at, e.id from audit_entry e where " + wanted.span() + behind(from)
                        + " order by e.at desc, e.id desc offset :step limit 1")
                .params(parameters(wanted, from))
                .param("step", step - 1)
                .query((row, number) ->
                        new Mark(row.getObject("at", OffsetDateTime.class).toInstant(), row.getString("id")))
                .optional()
                .orElse(null);
    }

    private static String behind(@Nullable Mark mark) {
        return mark == null ? "" : " and (e.at, e.id) < (:afterAt, :afterId)";
    }

    private static Map<String, Object> parameters(Wanted wanted, @Nullable Mark after) {
        Map<String, Object> parameters = new HashMap<>(wanted.parameters());
        if (after != null) {
            put(parameters, "after", after);
        }
        return parameters;
    }

    private static void put(Map<String, Object> parameters, String name, Mark mark) {
        parameters.put(name + "At", mark.at().atOffset(ZoneOffset.UTC));
        parameters.put(name + "Id", mark.number());
    }

    private List<Found> found(String sql, Map<String, Object> parameters, int most) {
        return jdbc.sql(sql + NEWEST_FIRST)
                .params(parameters)
                .param("most", most)
                .query((row, number) -> read(row))
                .list();
    }

    Found read(ResultSet row) throws SQLException {
        try {
            return new Found(
                    row.getObject("at", OffsetDateTime.class),
                    row.getLong("id"),
                    row.getString("actor"),
                    row.getString("kind"),
                    row.getObject("request_id", UUID.class),
                    row.getString("sentence"),
                    json.readTree(row.getString("details")));
        } catch (JsonProcessingException impossible) {
            throw new SQLException("The details of an entry are no JSON", impossible);
        }
    }
}
