package dev.drawbridge.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Who has duty: {@code rules/on-call.yaml}. */
@Component
public class OnCall {
    private final List<Rota> rotas;

    private record Rota(String name, Instant start, Duration every, List<String> people) {}

    private record Content(List<Rota> rotas) {}

    public OnCall(RuleFiles files) {
        rotas = files.read("on-call.yaml", new TypeReference<Content>() {}).rotas();
        for (Rota rota : rotas) {
            if (rota.people().isEmpty()
                    || rota.every().isNegative()
                    || rota.every().isZero()) {
                throw new RulesException(
                        Path.of("on-call.yaml"),
                        0,
                        "'" + rota.name() + "' needs people, and a turn longer than nothing.");
            }
        }
    }

    /** Whether this account ever has duty, by whichever rota. */
    public boolean isOnARota(String person) {
        return rotas.stream().anyMatch(rota -> rota.people().contains(person));
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
                        .get((int) (Duration.between(rota.start(), moment).dividedBy(rota.every())
                                % rota.people().size())));
    }
}
