package dev.drawbridge.deputies;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.catalog.OnCall;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.publication.OfPublication;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Who may be asked for approvals, by the catalog, the levels, the rotas and the accounts, whatever groups there are. */
@Component
@OfPublication
public class Approvers {
    private final Set<String> groups = new TreeSet<>();
    private final OnCall onCall;
    private final Directory people;

    Approvers(Catalog catalog, LevelDefinitions levels, OnCall onCall, Directory people) {
        catalog.all().forEach(entitlement -> groups.addAll(entitlement.owners()));
        levels.inOrder().forEach(level -> groups.addAll(level.allGroups()));
        this.onCall = onCall;
        this.people = people;
    }

    /** Whether a person may be asked: in a group that is, as somebody's manager, sponsor or mentor, or when they have duty. */
    public boolean isOne(Directory.Person person) {
        return areAsked(person.groups())
                || onCall.isOnARota(person.id())
                || !people.relationsOf(person.id()).isEmpty();
    }

    /** Whether anybody of these groups is asked for what they are a member of. */
    public boolean areAsked(Collection<String> members) {
        return !Collections.disjoint(members, groups);
    }

    /** All groups that are asked, at some level or for some resource. */
    public Set<String> groups() {
        return Collections.unmodifiableSet(groups);
    }
}
