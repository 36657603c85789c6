package dev.drawbridge.revocation;

import dev.drawbridge.catalog.CatalogFinding;
import dev.drawbridge.catalog.RulesPlace;
import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What operators look at: the access that is open, and what is wrong on the targets. */
@Component
public class Operations {
    private static final Set<String> MAY_LOOK = Set.of("operators", "security", "auditors");
    private static final int MOST = 500;

    private final Revocations revocations;
    private final Discrepancies discrepancies;
    private final TargetsSeen targets;
    private final Directory people;
    private final WallClocks clocks;
    private final Clock clock;

    Operations(
            Revocations revocations,
            Discrepancies discrepancies,
            TargetsSeen targets,
            Directory people,
            WallClocks clocks,
            Clock clock) {
        this.revocations = revocations;
        this.discrepancies = discrepancies;
        this.targets = targets;
        this.people = people;
        this.clocks = clocks;
        this.clock = clock;
    }

    /**
     * The state of things.
     *
     * @param open how many grants are open in all
     * @param overdue how many of them should be gone by now
     * @param failing how many of them a target has failed to end
     * @param notGiven how many a target has failed to give, and has not given since
     * @param access the first of them: failing and overdue first, then those that end next
     * @param discrepancies what differs on a target and nobody has settled
     * @param targets the targets, and what each lacks
     * @param catalog what the files of process owners name and is not there
     */
    public record State(
            long open,
            long overdue,
            long failing,
            long notGiven,
            List<OpenAccess> access,
            List<Discrepancy> discrepancies,
            List<Target> targets,
            List<CatalogFinding> catalog) {}

    /**
     * A target, and what it lacks.
     *
     * @param unreachable what it answered where it could not be looked at
     */
    public record Target(String name, @Nullable String unreachable, List<Lack> missing) {}

    /**
     * Something that a target lacks, or has and should not.
     *
     * @param cure the statement by which the target's owner sets it right, where there is one
     * @param where the entitlement that it is about, where it is about one
     */
    public record Lack(
            String sentence,
            @Nullable String cure,
            @Nullable RulesPlace where) {}

    /** Refuses everybody but operators, security and auditors. */
    public State look(String viewer, Sought sought) {
        Set<String> groups = required(viewer);
        return look(clocks.of(viewer, groups), sought, MOST);
    }

    /** As {@link #look(String, Sought)}, so many lines, for who reads times on this clock. */
    public State look(String viewer, WallClock reader, Sought sought, int most) {
        required(viewer);
        return look(reader, sought, most);
    }

    private Set<String> required(String viewer) {
        Set<String> groups = CurrentSignIn.groupsOf(viewer).orElseGet(() -> people.groupsOf(viewer));
        if (Collections.disjoint(groups, MAY_LOOK)) {
            throw Refusal.of(
                    Refusal.Kind.FORBIDDEN,
                    "not-yours-to-see",
                    "Only operators, security and auditors see everybody's access.");
        }
        return groups;
    }

    private State look(WallClock reader, Sought sought, int most) {
        Exposure exposure = revocations.exposure(clock.instant());
        return new State(
                exposure.open(),
                exposure.overdue(),
                exposure.failing(),
                exposure.notGiven(),
                revocations.open(clock.instant(), sought, most),
                discrepancies.open().stream().map(found -> found.told(reader)).toList(),
                targets.all(),
                targets.ofCatalog());
    }
}
