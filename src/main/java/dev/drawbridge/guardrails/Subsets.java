package dev.drawbridge.guardrails;

import java.util.ArrayList;
import java.util.List;

/**
 * Subsets of things, the smaller first: all of them, or where these were too many, all up to a size.
 *
 * @param size the largest that there is among them
 */
record Subsets<T>(List<List<T>> sets, boolean all, int size) {
    static <T> Subsets<T> of(List<T> things, int most) {
        List<List<T>> sets = new ArrayList<>(List.of(List.of()));
        List<List<T>> last = List.copyOf(sets);
        for (int size = 1; size <= things.size(); size++) {
            List<List<T>> larger = new ArrayList<>();
            for (List<T> set : last) {
                int after = set.isEmpty() ? -1 : things.indexOf(set.get(set.size() - 1));
                for (T thing : things.subList(after + 1, things.size())) {
                    if (sets.size() + larger.size() >= most) {
                        return new Subsets<>(sets, false, size - 1);
                    }
                    List<T> more = new ArrayList<>(set);
                    more.add(thing);
                    larger.add(more);
                }
            }
            sets.addAll(larger);
            last = larger;
        }
        return new Subsets<>(sets, true, things.size());
    }
}
