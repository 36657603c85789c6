package dev.drawbridge.audit;

import static dev.drawbridge.audit.Condition.Of.ENTRY;
import static dev.drawbridge.audit.Condition.Of.INDEXED;
import static dev.drawbridge.audit.Condition.Of.REQUEST;
import static dev.drawbridge.audit.Condition.Of.TIME;

import dev.drawbridge.catalog.Sensitivity;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes of what was sent what is looked for; refuses, by its name, what there is not and never was. */
@Component
class UnderstandQuery {
    private static final int LONGEST = 200;
    private static final OffsetDateTime FIRST = Instant.EPOCH.atOffset(ZoneOffset.UTC);

    private final KnownToTheRecord known;
    private final Clock clock;

    UnderstandQuery(KnownToTheRecord known, Clock clock) {
        this.known = known;
        this.clock = clock;
    }

    Wanted read(RecordQuery query) {
        Map<String, String> given = query.given();
        List<Condition> conditions = new ArrayList<>();
        // Before anything is looked up: what cannot be read needs no look.
        requireOrder(given, "from", "to");
        requireOrder(given, "heldFrom", "heldTo");
        given.forEach((field, value) -> {
            Condition condition = condition(new Asked(field, value));
            if (condition != null) {
                conditions.add(condition);
            }
        });
        if (given.containsKey("heldFrom") || given.containsKey("heldTo")) {
            conditions.add(held(given));
        }
        String about = given.get("about");
        String words = given.get("q");
        return new Wanted(
                conditions,
                about == null ? null : new Asked("about", about).known("person", known::person),
                words == null ? null : words(new Asked("q", words)));
    }

    private @Nullable Condition condition(Asked asked) {
        String field = asked.field();
        return switch (field) {
            case "actor" -> Condition.of(INDEXED, "e.actor = :actor", field, asked.known("person", known::actor));
            case "kind" -> Condition.of(INDEXED, "e.kind = :kind", field, asked.known("kind", known::kind));
            case "from" -> Condition.of(TIME, "e.at >= :from", field, asked.moment());
            case "to" -> Condition.of(TIME, "e.at < :to", field, asked.moment());
            case "request" -> Condition.of(ENTRY, "e.request_id = :request", field, request(asked));
            case "requester" -> Condition.of(REQUEST, Wanted.by(field), field, asked.known("person", known::person));
            case "approver" ->
                Condition.of(
                        REQUEST,
                        "select a.request_id from approval a where a.approver = :approver",
                        field,
                        asked.known("person", known::person));
            case "entitlement" ->
                Condition.of(
                        REQUEST,
                        "select r.id as request_id from access_request r where r.entitlement = :entitlement union all"
                                + " select n.request_id from approval_narrowing n where n.entitlement = :entitlement",
                        field,
                        asked.known("entitlement", known::entitlement));
            case "resource" -> about("resource", field, asked.known("resource", known::resource));
            case "sensitivity" -> about("sensitivity", field, asked.oneOf(Sensitivity.values()));
            case "personalData" -> about("personal_data", field, asked.yesOrNo());
            case "outcome" -> Condition.of(REQUEST, Outcomes.SQL, field, asked.oneOf(Outcomes.ALL));
            case "rule" ->
                Condition.of(
                        REQUEST,
                        "select v.request_id from verdict_rule v where v.rule = :rule",
                        field,
                        asked.known("rule", known::rule));
            case "publication" ->
                Condition.of(
                        REQUEST,
                        "select v.request_id from verdict v where v.publication = :publication",
                        field,
                        publication(asked));
            case "ticket" ->
                Condition.of(
                        REQUEST,
                        "select r.id as request_id from access_request r where r.ticket = :ticket",
                        field,
                        asked.known("ticket", known::ticket));
            default -> null;
        };
    }

    private static Condition about(String column, String field, Object value) {
        return Condition.of(
                REQUEST, "select b.request_id from request_about b where b." + column + " = :" + field, field, value);
    }

    private UUID request(Asked asked) {
        UUID id = asked.id();
        asked.known("request", same -> known.request(id));
        return id;
    }

    private long publication(Asked asked) {
        long number = asked.number();
        asked.known("publication", same -> known.publication(number));
        return number;
    }

    private Condition held(Map<String, String> given) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        OffsetDateTime from = moment(given, "heldFrom", FIRST);
        OffsetDateTime to = moment(given, "heldTo", now);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("heldFrom", from);
        parameters.put("heldTo", to);
        parameters.put("now", now);
        return new Condition(
                REQUEST,
                "select h.request_id from access_held h where h.held_from >= :heldFrom and h.held_from <= :heldTo"
                        + " union all select h.request_id from access_held h"
                        + " where tstzrange(h.held_from, h.held_until, '[]') @> :heldFrom::timestamptz and h.held_from < :heldFrom"
                        + " union all select o.request_id from open_grant o"
                        + " join grant_confirmation gc on gc.request_id = o.request_id"
                        + " join grant_now g on g.request_id = o.request_id"
                        + " where g.started_at <= :heldTo and :heldFrom::timestamptz <= :now::timestamptz",
                parameters);
    }

    private static OffsetDateTime moment(Map<String, String> given, String field, OffsetDateTime otherwise) {
        String value = given.get(field);
        return value == null ? otherwise : new Asked(field, value).moment();
    }

    private static void requireOrder(Map<String, String> given, String from, String to) {
        if (given.containsKey(from) && given.containsKey(to)) {
            Asked end = new Asked(to, given.get(to));
            if (end.moment().isBefore(new Asked(from, given.get(from)).moment())) {
                throw end.refused("'" + to + "' lies before '" + from + "'.");
            }
        }
    }

    private static String words(Asked asked) {
        String words = asked.value();
        if (words.length() > LONGEST || words.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw asked.refused("'q' is a word or some, with at most " + LONGEST + " characters.");
        }
        return words;
    }
}
