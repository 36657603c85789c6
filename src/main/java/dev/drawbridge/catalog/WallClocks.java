package dev.drawbridge.catalog;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Whose clock a person reads: the zone that their account has chosen, else their browser's, else the calendar's. */
@Component
public class WallClocks {
    private final ZonesOfAccounts zones;
    private final BusinessCalendar calendar;
    private final Clock clock;

    WallClocks(ZonesOfAccounts zones, BusinessCalendar calendar, Clock clock) {
        this.zones = zones;
        this.calendar = calendar;
        this.clock = clock;
    }

    /** Where a zone comes from. */
    public enum Source {
        CHOSEN,
        BROWSER,
        CALENDAR
    }

    /**
     * A person's clock, and why it is this one.
     *
     * @param otherwise the one that counts where nothing is chosen
     */
    public record Kept(WallClock clock, Source source, WallClock otherwise) {}

    /** The clock of somebody who is in these groups. Asks the database: ask once for all that they read. */
    public WallClock of(String person, Collection<String> groups) {
        return kept(person, groups).clock();
    }

    /** The clock of the person who is signed in. */
    public Kept ofReader() {
        SignIn reader = CurrentSignIn.require();
        return kept(reader.person(), reader.groups());
    }

    private Kept kept(String person, Collection<String> groups) {
        ZonesOfAccounts.Kept kept = zones.of(person);
        // What is written to somebody else meanwhile is not told by the browser of who calls.
        Optional<ZoneId> browser = CurrentSignIn.find()
                .filter(reader -> reader.person().equals(person))
                .flatMap(reader -> BrowserZone.find())
                .or(kept::browser);
        ZoneId otherwise = browser.orElseGet(() -> calendar.zoneOfMember(groups));
        Instant now = clock.instant();
        return new Kept(
                new WallClock(kept.chosen().orElse(otherwise), now),
                kept.chosen().isPresent() ? Source.CHOSEN : browser.isPresent() ? Source.BROWSER : Source.CALENDAR,
                new WallClock(otherwise, now));
    }

    /** Chooses the zone of the person who is signed in; nothing: that of their browser. Refuses anything that is not a zone. */
    public void choose(String text) {
        String person = CurrentSignIn.require().person();
        if (text.isBlank()) {
            zones.choose(person, null);
            return;
        }
        zones.choose(
                person,
                Zones.meantBy(text)
                        .orElseThrow(() -> Refusal.ofField(
                                Refusal.Kind.UNPROCESSABLE,
                                "zone",
                                "unknown-zone",
                                "There is no time zone '" + (text.length() <= 60 ? text : text.substring(0, 60) + "…")
                                        + "'. Name it by a city, like Europe/Berlin or America/New York.")));
    }

    /** Keeps the zone of the browser that calls, for mail. */
    public void remember() {
        CurrentSignIn.find()
                .ifPresent(reader -> BrowserZone.find().ifPresent(zone -> zones.seen(reader.person(), zone)));
    }

    /** The names of all zones, as they are written. */
    public static Set<String> names() {
        return Zones.names();
    }

    /** The names that a page suggests. */
    public static List<String> offered() {
        return Zones.offered();
    }
}
