package dev.drawbridge.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.drawbridge.publication.OfPublication;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The levels of approval, in order: {@code rules/levels.yaml}. */
@Component
@OfPublication
public class LevelDefinitions {
    private static final String FILE = "levels.yaml";
    private static final Duration LONGEST = Duration.ofHours(500);

    /** People are reminded and deadlines come; more often than this would only be work. */
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    static final int LARGEST_QUORUM = 20;
    private static final int MOST_TIERS = 20;
    private static final int MOST = 100;

    private final List<LevelDefinition> levels;

    private record Content(List<LevelDefinition> levels) {}

    public LevelDefinitions(RuleFiles files) {
        levels = files.read(FILE, new TypeReference<Content>() {}).levels();
        if (levels.size() > MOST) {
            throw files.wrong(FILE, "there are at most " + MOST + " levels.", "levels");
        }
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
        if (level.quorum() < 1 || level.quorum() > LARGEST_QUORUM) {
            return Optional.of("needs a quorum of at least 1 and at most " + LARGEST_QUORUM);
        }
        if (level.deadline().compareTo(SHORTEST) < 0 || level.remindEvery().compareTo(SHORTEST) < 0) {
            return Optional.of("needs a deadline and a time between reminders of a minute at least");
        }
        if (level.of() == LevelDefinition.Source.GROUPS && level.groups().isEmpty()) {
            return Optional.of("asks groups, and names none");
        }
        if (level.escalate().size() > MOST_TIERS) {
            return Optional.of("has more than " + MOST_TIERS + " tiers");
        }
        if (level.deadline().compareTo(LONGEST) > 0) {
            return Optional.of("needs a deadline of " + LONGEST.toHours() + " office hours at most");
        }
        Duration before = Duration.ZERO;
        for (LevelDefinition.Tier tier : level.escalate()) {
            if (tier.after().compareTo(before) <= 0 || tier.after().compareTo(level.deadline()) >= 0) {
                return Optional.of("needs tiers one after the other, all before the deadline");
            }
            if (tier.groups().isEmpty()) {
                return Optional.of("has a tier without groups");
            }
            before = tier.after();
        }
        return Optional.empty();
    }

    public List<LevelDefinition> inOrder() {
        return levels;
    }

    /** The level of this name as it is defined now; empty if it no longer exists. */
    public Optional<LevelDefinition> find(String name) {
        return levels.stream().filter(level -> level.name().equals(name)).findFirst();
    }
}
