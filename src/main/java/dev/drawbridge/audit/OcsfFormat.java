package dev.drawbridge.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * OCSF 1.9, each line an event of the class User Management (3007): what was given and taken away as the privileges of a user,
 * everything else as an activity of its own name. The entry as it is kept stands under {@code unmapped}.
 */
@Component
class OcsfFormat implements ExportFormat {
    private static final String VERSION = "1.9.0";
    private static final int CATEGORY = 3;
    private static final int CLASS = 3007;
    private static final int OTHER = 99;

    /** What an entry is to OCSF. */
    private record Activity(int id, String name) {}

    private static final Map<String, Activity> ACTIVITIES = Map.of(
            "access-granted", new Activity(14, "Assign Privileges"),
            "access-extended", new Activity(14, "Assign Privileges"),
            "access-revoked", new Activity(15, "Remove Privileges"),
            "credential-revealed", new Activity(9, "Password Reset"),
            "membership-ended", new Activity(17, "Remove Roles"),
            "person-changed", new Activity(2, "Update"));

    private final ObjectMapper json;
    private final WhatFor whatFor;

    OcsfFormat(ObjectMapper json, WhatFor whatFor) {
        this.json = json;
        this.whatFor = whatFor;
    }

    @Override
    public String name() {
        return "ocsf";
    }

    @Override
    public String mediaType() {
        return "application/x-ndjson";
    }

    @Override
    public String extension() {
        return "ocsf.ndjson";
    }

    @Override
    public String lines(List<ExportedEntry> entries) {
        Map<UUID, WhatFor.Asked> requests = whatFor.of(entries);
        StringBuilder lines = new StringBuilder();
        entries.forEach(entry -> lines.append(
                        event(entry, entry.request() == null ? null : requests.get(entry.request())))
                .append('\n'));
        return lines.toString();
    }

    private ObjectNode event(ExportedEntry entry, WhatFor.@Nullable Asked asked) {
        Activity activity = ACTIVITIES.getOrDefault(entry.kind(), new Activity(OTHER, entry.kind()));
        boolean refused = entry.kind().equals("attempt-refused") || entry.kind().startsWith("sign-in-");
        ObjectNode event = json.createObjectNode();
        event.put("category_uid", CATEGORY).put("category_name", "Identity & Access Management");
        event.put("class_uid", CLASS).put("class_name", "User Management");
        event.put("activity_id", activity.id()).put("activity_name", activity.name());
        event.put("type_uid", CLASS * 100L + activity.id()).put("type_name", "User Management: " + activity.name());
        event.put("time", entry.at().toEpochMilli());
        event.put("severity_id", refused ? 2 : 1).put("severity", refused ? "Low" : "Informational");
        event.put("status_id", refused ? 2 : 1).put("status", refused ? "Failure" : "Success");
        event.put("message", entry.sentence());
        event.set("user", user(asked == null ? about(entry) : asked.requester()));
        event.set("actor", json.createObjectNode().set("user", user(entry.actor())));
        if (asked != null) {
            event.putArray("privileges").add(asked.entitlement());
            ObjectNode resource = event.putArray("resources").addObject();
            resource.put("uid", asked.entitlement()).put("type", "entitlement");
            if (asked.resource() != null) {
                resource.put("name", asked.resource());
            }
        }
        event.set("metadata", metadata(entry));
        event.set("unmapped", json.valueToTree(entry));
        return event;
    }

    private ObjectNode metadata(ExportedEntry entry) {
        ObjectNode metadata = json.createObjectNode();
        metadata.put("version", VERSION).put("uid", Long.toString(entry.id())).put("event_code", entry.kind());
        metadata.putObject("product").put("name", "Drawbridge").put("vendor_name", "Drawbridge");
        if (entry.request() != null) {
            metadata.put("correlation_uid", entry.request().toString());
        }
        return metadata;
    }

    private ObjectNode user(String id) {
        boolean system = id.equals("system");
        ObjectNode user = json.createObjectNode();
        user.put("uid", id).put("type_id", system ? 3 : id.equals("nobody") ? 0 : 1);
        return user;
    }

    private static String about(ExportedEntry entry) {
        for (String name : List.of("person", "account", "deputy")) {
            if (entry.details().path(name).isTextual()) {
                return entry.details().path(name).asText();
            }
        }
        return entry.actor();
    }
}
