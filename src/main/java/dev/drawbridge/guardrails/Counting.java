package dev.drawbridge.guardrails;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Says how much was looked at. */
final class Counting {
    private Counting() {}

    static boolean isAll(List<Walk.Covered> each) {
        return each.stream().allMatch(Walk.Covered::isAll);
    }

    static long covered(List<Walk.Covered> each) {
        return sum(each.stream().map(Walk.Covered::covered).toList());
    }

    private static long sum(List<Long> numbers) {
        return numbers.stream()
                .mapToLong(number -> number)
                .reduce(0, (one, other) -> one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other);
    }

    /** That something was not found; it is proven only where everything was looked at. */
    static String proof(String what, List<Walk.Covered> each) {
        if (each.isEmpty()) {
            return what + " holds: nothing in the catalog is like that.";
        }
        return isAll(each)
                ? what + " holds: checked " + number(covered(each)) + " combinations, all of them."
                : what + " is not proven: nothing against it was found in " + looked(each) + ".";
    }

    /** How many combinations of how many, where that is not all there is to look at. */
    static String looked(List<Walk.Covered> each) {
        long all = sum(each.stream().map(Walk.Covered::all).toList());
        Set<String> leftOut = new TreeSet<>();
        each.forEach(one -> leftOut.addAll(one.leftOut()));
        return number(covered(each)) + (covered(each) < all ? " of " + number(all) : "") + " combinations"
                + (leftOut.isEmpty() ? "" : "; left out were " + String.join(", and ", leftOut));
    }

    static String number(long number) {
        return number == Long.MAX_VALUE ? "very many" : String.format(Locale.ROOT, "%,d", number);
    }
}
