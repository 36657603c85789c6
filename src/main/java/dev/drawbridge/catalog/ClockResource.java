package dev.drawbridge.catalog;

import dev.drawbridge.catalog.WallClocks.Source;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** On which clock one reads times, and how the forms word them: a browser may know other zones, or call them differently. */
@RestController
@RequestMapping("/api/v1/clock")
@Tag(name = "Times")
class ClockResource {
    private static final Duration BACK = Duration.ofDays(400);
    private static final Duration AHEAD = Duration.ofDays(800);

    private final WallClocks clocks;

    ClockResource(WallClocks clocks) {
        this.clocks = clocks;
    }

    /** From this moment on the clock on the wall is this many seconds ahead of UTC, and its zone is called so. */
    record Shift(Instant from, int offset, String name) {}

    /** The reader's zone, what it comes from, and the shifts of its clock around now. */
    record View(String zone, String place, Source source, List<Shift> shifts) {}

    /** A zone; none: that of the browser. */
    record Choice(@Nullable String zone) {}

    @GetMapping
    @Operation(summary = "The zone in which you read times, and what its clock shows around now")
    View show() {
        clocks.remember();
        WallClocks.Kept kept = clocks.ofReader();
        return new View(kept.clock().zone().getId(), kept.clock().place(), kept.source(), shifts(kept.clock()));
    }

    @PutMapping
    @Operation(summary = "Choose the zone in which you read times, such as Europe/Berlin; null: that of your browser")
    View choose(@RequestBody Choice choice) {
        clocks.choose(choice.zone() == null ? "" : choice.zone());
        return show();
    }

    /** Everything changes at a transition, except the name, which may differ around an hour that comes twice. */
    static List<Shift> shifts(WallClock clock) {
        ZoneRules rules = clock.zone().getRules();
        Instant first = clock.now().minus(BACK);
        Instant last = clock.now().plus(AHEAD);
        TreeSet<Instant> changes = new TreeSet<>(List.of(first));
        for (ZoneOffsetTransition next = rules.nextTransition(first);
                next != null && next.getInstant().isBefore(last);
                next = rules.nextTransition(next.getInstant())) {
            changes.add(next.getInstant());
            if (next.isOverlap()) {
                changes.add(next.getInstant().plus(next.getDuration()));
                changes.add(next.getInstant().minus(next.getDuration()));
            }
        }
        return changes.stream()
                .map(from -> new Shift(from, rules.getOffset(from).getTotalSeconds(), clock.name(from)))
                .toList();
    }
}
