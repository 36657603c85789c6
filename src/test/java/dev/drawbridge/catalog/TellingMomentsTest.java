package dev.drawbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** A few moments stand for all that there are. */
class TellingMomentsTest {
    private static final List<Path> FOLDERS =
            List.of(Path.of("rules"), Path.of("src", "test", "resources", "company", "rules"));
    private static final TimesOfDay NIGHT = TimesOfDay.parse("21:30-05:15");
    private static final Instant FIRST = Instant.parse("2026-06-01T00:00:00Z");
    private static final int MINUTES = 3 * 365 * 24 * 60;

    private static List<Object> looks(BusinessCalendar calendar, Entitlement wanted, Instant moment) {
        BusinessCalendar.Moment so = calendar.at(moment, wanted);
        return List.of(
                so.officeHours(),
                so.holiday(),
                so.changeFreeze(),
                so.maintenanceWindow(),
                so.weekend(),
                so.local().getDayOfWeek(),
                NIGHT.hold(so.local().toLocalTime()));
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void sayAllThatACalendarSaysOfAnyMoment(@ForAll long seed) {
        Random random = new Random(seed);
        RuleFiles files = new RuleFiles(FOLDERS.get(random.nextInt(FOLDERS.size())));
        BusinessCalendar calendar = new BusinessCalendar(files);
        List<Entitlement> catalog = List.copyOf(new Catalog(files).all());
        Entitlement wanted = catalog.get(random.nextInt(catalog.size()));
        Set<List<Object>> told = new HashSet<>();
        for (Instant moment :
                TellingMoments.of(List.of(calendar), List.of(LocalTime.of(21, 30), LocalTime.of(5, 15)))) {
            told.add(looks(calendar, wanted, moment));
        }
        for (int tries = 0; tries < 2_000; tries++) {
            Instant moment = FIRST.plusSeconds(60L * random.nextInt(MINUTES));
            assertThat(told).as("%s", moment).contains(looks(calendar, wanted, moment));
        }
    }
}
