package dev.drawbridge.directory;

import dev.drawbridge.directory.Subjects.Standing;
import dev.drawbridge.platform.PersonTold;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is to stand in an account by what an identity provider says; where it says nothing, what stands there stays. */
final class Vouched {
    /** It makes accounts and sets passwords: given where those are made, and nowhere else. */
    private static final String ENGINES_OWN = "camunda-admin";

    /** As long as the columns. */
    private static final int LONGEST = 255;

    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>,;\"]+@[^\\s@<>,;\"]+");
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private Vouched() {}

    /** The account as it is to be. */
    static Standing wanted(Standing now, PersonTold told) {
        Optional<String> name = told.name().map(Vouched::plain).filter(text -> !text.isBlank());
        return new Standing(
                now.id(),
                now.toldAt(),
                now.left(),
                now.credential(),
                now.current(),
                told.groups().isPresent() ? memberships(now) : now.memberships(),
                now.groups(),
                now.manager(),
                told.manager().isPresent() ? managers(now) : now.managers(),
                name.map(Vouched::first).orElse(now.first()),
                name.isPresent() ? name.map(Vouched::last).orElse(null) : now.last(),
                told.mail()
                        .filter(mail -> mail.length() <= LONGEST
                                && ADDRESS.matcher(mail).matches())
                        .orElse(now.mail()),
                told.zone().flatMap(Vouched::zone).orElse(now.zone()));
    }

    /** Those told that there are here. */
    private static Set<String> memberships(Standing now) {
        Set<String> wanted = new HashSet<>(now.groups());
        wanted.remove(ENGINES_OWN);
        if (now.memberships().contains(ENGINES_OWN)) {
            wanted.add(ENGINES_OWN);
        }
        return wanted;
    }

    private static List<String> managers(Standing now) {
        String manager = now.manager();
        return manager == null || AccountIds.isOne(now.id(), manager) ? List.of() : List.of(manager);
    }

    private static String plain(String text) {
        String plain = UNSEEN.matcher(text).replaceAll("").strip();
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST);
    }

    private static String first(String name) {
        int blank = name.lastIndexOf(' ');
        return blank < 0 ? name : name.substring(0, blank);
    }

    private static @Nullable String last(String name) {
        int blank = name.lastIndexOf(' ');
        return blank < 0 ? null : name.substring(blank + 1);
    }

    private static Optional<String> zone(String text) {
        try {
            return ZoneId.getAvailableZoneIds().contains(text)
                    ? Optional.of(ZoneId.of(text).getId())
                    : Optional.empty();
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
