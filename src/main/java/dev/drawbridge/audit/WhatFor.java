package dev.drawbridge.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who asked, and for what, of many entries at once. */
@Repository
class WhatFor {
    private final JdbcClient jdbc;

    WhatFor(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** {@code entitlement}: the one that was given, where one was. */
    record Asked(
            String requester, String entitlement, @Nullable String resource) {}

    Map<UUID, Asked> of(List<ExportedEntry> entries) {
        String[] ids = entries.stream()
                .map(ExportedEntry::request)
                .filter(Objects::nonNull)
                .map(UUID::toString)
                .distinct()
                .toArray(String[]::new);
        Map<UUID, Asked> found = new HashMap<>();
        if (ids.length > 0) {
            jdbc.sql("""
                            select r.id, r.requester, coalesce(g.entitlement, r.entitlement) as entitlement, b.resource
                            from access_request r
                            left join access_grant g on g.request_id = r.id
                            left join request_about b on b.request_id = r.id
                            where r.id = any(:ids::uuid[])
                            """).param("ids", ids).query(row -> {
                found.put(
                        row.getObject("id", UUID.class),
                        new Asked(row.getString("requester"), row.getString("entitlement"), row.getString("resource")));
            });
        }
        return found;
    }
}
