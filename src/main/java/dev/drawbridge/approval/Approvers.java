package dev.drawbridge.approval;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.process.People;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Whoever the catalog and the levels of approval name as approvers, whatever groups an organisation has. */
@Component
public class Approvers {
    private final Set<String> groups = new TreeSet<>();

    Approvers(Catalog catalog, LevelDefinitions levels) {
        catalog.all().forEach(entitlement -> groups.addAll(entitlement.owners()));
        levels.inOrder().forEach(level -> {
            groups.addAll(level.groups());
            level.escalate().forEach(tier -> groups.addAll(tier.groups()));
        });
    }

    /** Whether a person is in a group that is asked for approvals; who is asked in person alone is not. */
    public boolean isOne(People.Person person) {
        return !Collections.disjoint(person.groups(), groups);
    }

    Set<String> groups() {
        return Collections.unmodifiableSet(groups);
    }
}
