package dev.drawbridge.catalog;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.OptBoolean;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.drawbridge.publication.OfPublication;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Who has duty: {@code rules/on-call.yaml}. */
@Component
@OfPublication
public class OnCall {
    private static final String FILE = "on-call.yaml";

    private final List<Rota> rotas;
    private final ZoneId otherwise;

    /** The zone by whose clock a rota hands over; none: the calendar's. */
    record Clock(Optional<ZoneId> zone) {
        static final Clock OF_THE_CALENDAR = new Clock(Optional.empty());

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Clock in(ZoneId zone) {
            return new Clock(Optional.of(zone));
        }
    }

    private record Rota(
            String name,
            Instant start,
            Duration every,
            List<String> people,
            @JacksonInject(useInput = OptBoolean.TRUE) Clock zone) {

        /** Which turn it is, from 0: the last that has begun, by the clock on the wall. */
        long turn(Instant moment, ZoneId where) {
            LocalDateTime first = LocalDateTime.ofInstant(start, where);
            long turn = Duration.between(first, LocalDateTime.ofInstant(moment, where))
                    .dividedBy(every);
            // When clocks change, a time comes twice or not at all: a turn that has begun does not end
            // again.
            while (!begins(first, turn + 1, where).isAfter(moment)) {
                turn++;
            }
            while (turn > 0 && begins(first, turn, where).isAfter(moment)) {
                turn--;
            }
            return turn;
        }

        private Instant begins(LocalDateTime first, long turn, ZoneId where) {
            return OfficeHours.shown(first.plus(every.multipliedBy(turn)), where);
        }
    }

    private record Content(List<Rota> rotas) {}

    public OnCall(RuleFiles files, BusinessCalendar calendar) {
        rotas = files.read(FILE, new TypeReference<Content>() {}).rotas();
        otherwise = calendar.zone();
        Set<String> names = new HashSet<>();
        for (int number = 0; number < rotas.size(); number++) {
            Rota rota = rotas.get(number);
            if (rota.people().isEmpty() || rota.every().compareTo(Duration.ofHours(1)) < 0) {
                throw files.wrong(
                        FILE, "'" + rota.name() + "' needs people, and turns of an hour at least.", "rotas", number);
            }
            if (!names.add(rota.name())) {
                throw files.wrong(FILE, "'" + rota.name() + "' is there twice.", "rotas", number);
            }
        }
    }

    /** Whether this account ever has duty, by whichever rota. */
    public boolean isOnARota(String person) {
        return rotas.stream().anyMatch(rota -> rota.people().contains(person));
    }

    /** The names of all rotas, in the file's order. */
    List<String> rotas() {
        return rotas.stream().map(Rota::name).toList();
    }

    /** All whose turn comes by this rota; nobody where there is no such rota. */
    public List<String> people(String name) {
        return rotas.stream()
                .filter(rota -> rota.name().equals(name))
                .flatMap(rota -> rota.people().stream())
                .toList();
    }

    /** The account on duty by this rota at this moment; none before it starts, or where there is no such rota. */
    public Optional<String> at(String name, Instant moment) {
        return rotas.stream()
                .filter(rota -> rota.name().equals(name) && !moment.isBefore(rota.start()))
                .findFirst()
                .map(rota -> rota.people()
                        .get((int) (rota.turn(moment, rota.zone().zone().orElse(otherwise))
                                % rota.people().size())));
    }
}
