package dev.drawbridge.approval;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.catalog.OnCall;
import dev.drawbridge.process.People;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who may be asked for approvals, by the catalog, the levels, the rotas and the accounts, whatever groups there are. */
@Component
public class Approvers {
    private final Set<String> groups = new TreeSet<>();
    private final OnCall onCall;
    private final JdbcClient jdbc;

    Approvers(Catalog catalog, LevelDefinitions levels, OnCall onCall, JdbcClient jdbc) {
        catalog.all().forEach(entitlement -> groups.addAll(entitlement.owners()));
        levels.inOrder().forEach(level -> {
            groups.addAll(level.allGroups());
        });
        this.onCall = onCall;
        this.jdbc = jdbc;
    }

    /** Whether a person may be asked: in a group that is, as somebody's manager, or when they have duty. */
    public boolean isOne(People.Person person) {
        return areAsked(person.groups()) || onCall.isOnARota(person.id()) || leadsSomebody(person.id());
    }

    /** Whether somebody's manager is this person. */
    boolean leadsSomebody(String person) {
        return jdbc.sql("select exists (select 1 from act_id_info where key_ = 'manager' and value_ = :person)")
                .param("person", person)
                .query(Boolean.class)
                .single();
    }

    boolean areAsked(Collection<String> members) {
        return !Collections.disjoint(members, groups);
    }

    Set<String> groups() {
        return Collections.unmodifiableSet(groups);
    }
}
