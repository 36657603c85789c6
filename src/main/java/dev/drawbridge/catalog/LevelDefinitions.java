package dev.drawbridge.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The levels of approval, in order: {@code rules/levels.yaml}. */
@Component
public class LevelDefinitions {
    private final List<LevelDefinition> levels;

    private record Content(List<LevelDefinition> levels) {}

    public LevelDefinitions(RuleFiles files) {
        levels = files.read("levels.yaml", new TypeReference<Content>() {}).levels();
        levels.forEach(LevelDefinitions::requireSound);
    }

    private static void requireSound(LevelDefinition level) {
        if (level.quorum() < 1) {
            throw wrong(level, "needs a quorum of at least 1");
        }
        if (!isPositive(level.deadline()) || !isPositive(level.remindEvery())) {
            throw wrong(level, "needs a deadline and a time between reminders that are longer than nothing");
        }
        Duration before = Duration.ZERO;
        for (LevelDefinition.Tier tier : level.escalate()) {
            if (tier.after().compareTo(before) <= 0 || tier.after().compareTo(level.deadline()) >= 0) {
                throw wrong(level, "needs tiers one after the other, all before the deadline");
            }
            before = tier.after();
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static RulesException wrong(LevelDefinition level, String what) {
        return new RulesException(Path.of("levels.yaml"), 0, "'" + level.name() + "' " + what + ".");
    }

    public List<LevelDefinition> inOrder() {
        return levels;
    }

    /** The level of this name as it is defined now; none where it is no more. */
    public Optional<LevelDefinition> find(String name) {
        return levels.stream().filter(level -> level.name().equals(name)).findFirst();
    }
}
