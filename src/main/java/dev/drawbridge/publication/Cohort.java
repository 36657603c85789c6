package dev.drawbridge.publication;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;

/**
 * For whose requests a publication on trial counts: for those of the members of groups, and of a share of all people.
 *
 * @param percent of all people, from 0 to 100; the same ones at each look, and others for another publication
 */
public record Cohort(Set<String> groups, int percent) {
    /** Nobody. */
    public static final Cohort NOBODY = new Cohort(Set.of(), 0);

    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    public Cohort {
        groups = Set.copyOf(groups);
    }

    /** Whether this person, who is in these groups, is among them for the publication of this number. */
    boolean has(long number, String person, Set<String> theirs) {
        return !Collections.disjoint(groups, theirs) || place(number, person) < percent;
    }

    private static int place(long number, String person) {
        byte[] text = (number + " " + person).getBytes(StandardCharsets.UTF_8);
        return new BigInteger(PublishedFiles.sha256(text), 16).mod(HUNDRED).intValue();
    }
}
