package dev.drawbridge.guardrails;

import dev.drawbridge.directory.AccountIds;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether every place can be filled with a person of its own. */
public final class DistinctPeople {
    private final List<Set<String>> places;
    private final Map<String, Integer> seats = new HashMap<>();

    private DistinctPeople(List<Set<String>> places) {
        this.places = places;
    }

    /** {@code places} names for each place who could fill it, by account; accounts of one person fill one place. */
    public static boolean fill(List<Set<String>> places) {
        DistinctPeople people = new DistinctPeople(places.stream()
                .map(accounts -> accounts.stream().map(AccountIds::oneOf).collect(Collectors.toSet()))
                .toList());
        for (int place = 0; place < places.size(); place++) {
            if (!people.seat(place, new HashSet<>())) {
                return false;
            }
        }
        return true;
    }

    /** Seats somebody, asking those who sit elsewhere to move where they can. */
    private boolean seat(int place, Set<String> asked) {
        for (String person : places.get(place)) {
            if (asked.add(person) && (!seats.containsKey(person) || seat(seats.get(person), asked))) {
                seats.put(person, place);
                return true;
            }
        }
        return false;
    }
}
