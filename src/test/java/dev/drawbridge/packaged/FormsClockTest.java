package dev.drawbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the forms make of times, in a browser that is set to yet another zone. */
@DrawbridgeTest
class FormsClockTest {
    private static final Path SCRIPTS = Path.of("src", "main", "resources", "static");

    @Autowired
    World world;

    @AfterEach
    void forgetZones() {
        world.jdbc().sql("delete from account_zone").update();
    }

    @Test
    void wordsAndUnderstandsTimesAsThePagesAndMailDo() {
        try (Chromium chromium = Chromium.start()) {
            for (String zone : List.of(
                    "Europe/Berlin",
                    "America/New_York",
                    "Asia/Kolkata",
                    "Australia/Lord_Howe",
                    "Pacific/Chatham",
                    "Africa/Casablanca",
                    "Antarctica/Troll",
                    "UTC")) {
                assertThat(world.call("engineer", "PUT", "/api/v1/clock", Map.of("zone", zone))
                                .status())
                        .isEqualTo(200);
                Page page = chromium.browser()
                        .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                                .setTimezoneId("Asia/Tokyo")
                                .setLocale("en-US"))
                        .newPage();
                page.clock().setFixedTime(world.clock().instant().toEpochMilli());
                page.route("**/*", this::serve);
                page.navigate("http://forms.test/");
                page.evaluate("window.drawbridge.clockIsRead");
                WallClock clock = new WallClock(ZoneId.of(zone), world.clock().instant());

                List<Instant> moments = moments(clock);
                assertThat(page.evaluate("all => all.map(window.drawbridge.moment)", strings(moments)))
                        .as(zone)
                        .isEqualTo(moments.stream().map(clock::moment).toList());
                List<LocalDateTime> typed = moments.stream()
                        .flatMap(moment -> List.of(
                                LocalDateTime.ofInstant(moment, clock.zone()),
                                LocalDateTime.ofInstant(moment, clock.zone()).plusMinutes(45))
                                .stream())
                        .map(local -> local.truncatedTo(ChronoUnit.MINUTES))
                        .toList();
                assertThat(page.evaluate("all => all.map(window.drawbridge.typed).map(Date.parse)", strings(typed)))
                        .as(zone)
                        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                        .map(millis -> Instant.ofEpochMilli(((Number) millis).longValue()))
                        .isEqualTo(typed.stream().map(clock::typed).toList());
            }
        }
    }

    /** Every week of a year, and every quarter of an hour around each change of this clock. */
    private static List<Instant> moments(WallClock clock) {
        List<Instant> moments = new ArrayList<>();
        Instant from = clock.now().minus(200, ChronoUnit.DAYS);
        Instant until = clock.now().plus(500, ChronoUnit.DAYS);
        for (Instant at = from; at.isBefore(until); at = at.plus(7, ChronoUnit.DAYS)) {
            moments.add(at.plusMillis(1));
        }
        for (var change = clock.zone().getRules().nextTransition(from);
                change != null && change.getInstant().isBefore(until);
                change = clock.zone().getRules().nextTransition(change.getInstant())) {
            for (int quarter = -12; quarter <= 12; quarter++) {
                moments.add(change.getInstant().plus(quarter * 15L, ChronoUnit.MINUTES));
            }
        }
        assertThat(moments).hasSizeGreaterThan(90);
        return moments;
    }

    private static List<String> strings(List<?> all) {
        return all.stream().map(Object::toString).toList();
    }

    private void serve(Route route) {
        String path = java.net.URI.create(route.request().url()).getPath();
        switch (path) {
            case "/api/v1/clock" ->
                route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(world.get("engineer", path).text()));
            case "/webapps/drawbridge.js", "/zone.js" ->
                route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/javascript")
                        .setPath(SCRIPTS.resolve(path.substring(1))));
            default ->
                route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/html")
                        .setBody("<script type=\"module\" src=\"/webapps/drawbridge.js\"></script>"));
        }
    }
}
