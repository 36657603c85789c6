package dev.drawbridge.approval;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.process.EngineRights;
import jakarta.annotation.PostConstruct;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Lets everybody into Tasklist whom the catalog and the levels name, whatever groups an organisation has. */
@Component
class TasklistRights {
    private final EngineRights rights;
    private final Catalog catalog;
    private final LevelDefinitions levels;

    TasklistRights(EngineRights rights, Catalog catalog, LevelDefinitions levels) {
        this.rights = rights;
        this.catalog = catalog;
        this.levels = levels;
    }

    @PostConstruct
    void letIn() {
        Set<String> asking = new TreeSet<>();
        Set<String> approving = new TreeSet<>();
        catalog.all().forEach(entitlement -> {
            asking.addAll(entitlement.requesters());
            approving.addAll(entitlement.owners());
        });
        levels.inOrder().forEach(level -> {
            approving.addAll(level.groups());
            level.escalate().forEach(tier -> approving.addAll(tier.groups()));
        });
        asking.forEach(rights::letAsk);
        approving.forEach(rights::letApprove);
    }

    @EventListener
    void on(DeputyAppointed event) {
        rights.letApproveAsDeputy(event.deputy().deputy());
    }
}
