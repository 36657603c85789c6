package dev.drawbridge.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Path;
import java.util.List;
import org.springframework.stereotype.Component;

/** The levels of approval, in order: {@code rules/levels.yaml}. */
@Component
public class LevelDefinitions {
    private final List<LevelDefinition> levels;

    private record Content(List<LevelDefinition> levels) {}

    public LevelDefinitions(RuleFiles files) {
        levels = files.read("levels.yaml", new TypeReference<Content>() {}).levels();
        for (LevelDefinition level : levels) {
            if (level.quorum() < 1
                    || level.deadline().isNegative()
                    || level.deadline().isZero()) {
                throw new RulesException(
                        Path.of("levels.yaml"),
                        0,
                        "'" + level.name() + "' needs a quorum of at least 1 and a deadline.");
            }
        }
    }

    public List<LevelDefinition> inOrder() {
        return levels;
    }
}
