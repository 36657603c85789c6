package dev.drawbridge.approval;

import dev.drawbridge.catalog.LevelDefinition.Source;
import dev.drawbridge.catalog.OnCall;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.process.People;
import dev.drawbridge.request.AccessRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** The people whom a level names beside its groups, as they are at a moment and not as they were when it was asked for. */
@Component
class LevelPeople {
    private final People people;
    private final OnCall onCall;

    LevelPeople(People people, OnCall onCall) {
        this.people = people;
        this.onCall = onCall;
    }

    Set<String> of(Level level, AccessRequest request, Instant moment) {
        if (level.people().isEmpty()) {
            return Set.of();
        }
        if (level.source() == Source.REQUESTERS_MANAGER) {
            // Whoever leads the requester now; where nobody does any more, who did.
            Optional<String> manager = people.find(request.requester()).flatMap(People.Person::manager);
            return manager.map(Set::of).orElseGet(() -> Set.copyOf(level.people()));
        }
        Set<String> named = new TreeSet<>(level.people());
        if (level.source() == Source.ON_CALL && level.schedule() != null) {
            onCall.at(level.schedule(), moment).ifPresent(named::add);
        }
        return named;
    }
}
