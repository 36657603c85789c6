package dev.drawbridge.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The levels of approval, in order: {@code rules/levels.yaml}. */
@Component
public class LevelDefinitions {
    private static final String FILE = "levels.yaml";
    private static final Duration LONGEST = Duration.ofHours(500);

    private final List<LevelDefinition> levels;

    private record Content(List<LevelDefinition> levels) {}

    public LevelDefinitions(RuleFiles files) {
        levels = files.read(FILE, new TypeReference<Content>() {}).levels();
        Set<String> names = new HashSet<>();
        for (int number = 0; number < levels.size(); number++) {
            LevelDefinition level = levels.get(number);
            Optional<String> wrong = names.add(level.name()) ? wrong(level) : Optional.of("is there twice");
            if (wrong.isPresent()) {
                throw files.wrong(FILE, "'" + level.name() + "' " + wrong.get() + ".", "levels", number);
            }
        }
    }

    private static Optional<String> wrong(LevelDefinition level) {
        if (level.quorum() < 1) {
            return Optional.of("needs a quorum of at least 1");
        }
        if (!isPositive(level.deadline()) || !isPositive(level.remindEvery())) {
            return Optional.of("needs a deadline and a time between reminders that are longer than nothing");
        }
        if (level.deadline().compareTo(LONGEST) > 0) {
            return Optional.of("needs a deadline of " + LONGEST.toHours() + " office hours at most");
        }
        Duration before = Duration.ZERO;
        for (LevelDefinition.Tier tier : level.escalate()) {
            if (tier.after().compareTo(before) <= 0 || tier.after().compareTo(level.deadline()) >= 0) {
                return Optional.of("needs tiers one after the other, all before the deadline");
            }
            before = tier.after();
        }
        return Optional.empty();
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    public List<LevelDefinition> inOrder() {
        return levels;
    }

    /** The level of this name as it is defined now; none where it is no more. */
    public Optional<LevelDefinition> find(String name) {
        return levels.stream().filter(level -> level.name().equals(name)).findFirst();
    }
}
