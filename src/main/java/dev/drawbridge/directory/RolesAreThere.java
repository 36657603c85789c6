package dev.drawbridge.directory;

import dev.drawbridge.directory.PersonRecord.Membership;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says once, when all runs, which groups of {@code drawbridge.roles} there are not: a slip of the pen would keep everybody out. */
@Component
class RolesAreThere {
    private static final Logger log = LoggerFactory.getLogger(RolesAreThere.class);

    private final Roles roles;
    private final PeopleRecords records;

    RolesAreThere(Roles roles, PeopleRecords records) {
        this.roles = roles;
        this.records = records;
    }

    @EventListener(ApplicationReadyEvent.class)
    void tell() {
        Set<String> known = records.allGroups().stream().map(Membership::group).collect(Collectors.toSet());
        roles.missing(known)
                .forEach((role, groups) -> log.warn(
                        "drawbridge.roles.{} names {}, and there is no such group: whoever is to have that role does not.",
                        role,
                        groups));
    }
}
