package dev.drawbridge.console;

import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.publication.Cohort;
import dev.drawbridge.publication.Life;
import dev.drawbridge.publication.Publication;
import dev.drawbridge.publication.Stage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Publications as people read them. */
@Component
class PublicationLines {
    private final Directory people;

    PublicationLines(Directory people) {
        this.people = people;
    }

    /**
     * A publication in a list.
     *
     * @param state how far it has got, in words; empty where it was in force once
     * @param mark how that is marked
     * @param agreed who agreed to it; empty where nobody did
     * @param live whether it is in force
     */
    record Line(
            long number,
            String author,
            String note,
            String at,
            String state,
            String mark,
            String agreed,
            boolean live) {}

    Line line(Life life, WallClock clock) {
        return lines(List.of(life), clock).get(0);
    }

    List<Line> lines(List<Life> some, WallClock clock) {
        Set<String> ids = new HashSet<>();
        some.forEach(life -> {
            ids.add(life.publication().author());
            if (life.agreedBy() != null) {
                ids.add(life.agreedBy());
            }
        });
        Map<String, String> names =
                people.named(ids).stream().collect(Collectors.toMap(Directory.Named::id, Directory.Named::name));
        return some.stream().map(life -> line(life, names, clock)).toList();
    }

    private static Line line(Life life, Map<String, String> names, WallClock clock) {
        Publication one = life.publication();
        String agreed = life.agreedBy();
        return new Line(
                one.number(),
                one.author().equals("system")
                        ? "this server's folders"
                        : names.getOrDefault(one.author(), one.author()),
                one.note(),
                clock.moment(one.at()),
                state(life),
                mark(life.stage()),
                agreed == null ? "" : names.getOrDefault(agreed, agreed),
                life.stage() == Stage.LIVE);
    }

    private static String state(Life life) {
        return switch (life.stage()) {
            case LIVE -> "in force";
            case PROPOSED, AGREED -> "proposed";
            case SHADOW -> "in the shadow";
            case CANARY -> "on trial: " + PlainText.shown(cohort(life.last().cohort()));
            case WITHDRAWN -> "withdrawn";
            case PAST -> "";
        };
    }

    private static String mark(Stage stage) {
        return switch (stage) {
            case LIVE -> "good";
            case PROPOSED, AGREED, SHADOW, CANARY -> "waiting";
            case WITHDRAWN, PAST -> "";
        };
    }

    private static String cohort(Cohort cohort) {
        return Stream.concat(
                        cohort.groups().stream().sorted(),
                        cohort.percent() == 0 ? Stream.of() : Stream.of(cohort.percent() + " % of all people"))
                .collect(Collectors.joining(", "));
    }
}
