package dev.drawbridge.audit;

import dev.drawbridge.deputies.Deputies;
import dev.drawbridge.deputies.DeputyAppointed;
import dev.drawbridge.deputies.DeputyDismissed;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Who stands in for whom. */
@Component
class DeputiesOnRecord {
    private final Entries entries;
    private final Names names;

    DeputiesOnRecord(Entries entries, Names names) {
        this.entries = entries;
        this.names = names;
    }

    @EventListener
    void on(DeputyAppointed event) {
        Deputies.Deputy deputy = event.deputy();
        entries.add(new Entry(
                deputy.person(),
                "deputy-appointed",
                null,
                names.who(deputy.person()) + " named " + names.who(deputy.deputy()) + " as deputy from "
                        + deputy.startsAt() + " until " + deputy.endsAt() + ".",
                Map.of("deputy", deputy.deputy(), Entry.MOMENTS, List.of(deputy.startsAt(), deputy.endsAt()))));
    }

    @EventListener
    void on(DeputyDismissed event) {
        Deputies.Deputy deputy = event.deputy();
        entries.add(new Entry(
                deputy.person(),
                "deputy-dismissed",
                null,
                names.who(deputy.deputy()) + " is no longer deputy of " + names.who(deputy.person()) + ".",
                Map.of("deputy", deputy.deputy())));
    }
}
