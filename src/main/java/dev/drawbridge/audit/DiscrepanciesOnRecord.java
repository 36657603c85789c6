package dev.drawbridge.audit;

import dev.drawbridge.revocation.Discrepancy;
import dev.drawbridge.revocation.DiscrepancyFound;
import dev.drawbridge.revocation.DiscrepancySettled;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Where the targets and the grants disagreed, and how it was settled. */
@Component
class DiscrepanciesOnRecord {
    private final Entries entries;

    DiscrepanciesOnRecord(Entries entries) {
        this.entries = entries;
    }

    @EventListener
    void on(DiscrepancyFound event) {
        Discrepancy found = event.discrepancy();
        entries.add(new Entry(
                "system",
                "discrepancy-found",
                found.requestId(),
                where(found) + ": " + found.sentence(),
                Map.of(
                        "kind",
                        found.kind(),
                        "principal",
                        found.principal(),
                        "target",
                        found.target(),
                        Entry.MOMENTS,
                        found.moments())));
    }

    @EventListener
    void on(DiscrepancySettled event) {
        Discrepancy settled = event.discrepancy();
        entries.add(new Entry(
                "system",
                "discrepancy-settled",
                settled.requestId(),
                where(settled) + ", " + whatOf(settled) + ": " + event.how(),
                Map.of("kind", settled.kind(), "principal", settled.principal(), "target", settled.target())));
    }

    private static String where(Discrepancy found) {
        return found.kind() == Discrepancy.Kind.INDEX ? "In our own database" : "On the target " + found.target();
    }

    private static String whatOf(Discrepancy settled) {
        return switch (settled.kind()) {
            case CLOCK -> "its clock";
            case DEFAULT_PRIVILEGES -> "the default privileges of " + settled.principal();
            case INDEX -> "the index '" + settled.principal() + "'";
            default -> "the login " + settled.principal();
        };
    }
}
