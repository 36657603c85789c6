package dev.drawbridge.catalog;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.OptBoolean;
import dev.drawbridge.directory.Relation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A level of approval that rules may ask for, from {@code rules/levels.yaml}; the file's order is the order of approval.
 * All its times are office time.
 *
 * @param of where its approvers come from
 * @param groups the approvers, for {@code GROUPS}; for the others, who steps in where there is nobody else
 * @param schedule the rota of {@code rules/on-call.yaml}, for {@code ON_CALL}; else {@code none}
 * @param quorum how many must approve
 * @param remindEvery after how long the people asked are reminded, again and again
 * @param escalate who else may answer, and after how long
 * @param deadline how long it may take
 * @param deputies who may stand in for one who is asked; may be left out
 */
public record LevelDefinition(
        String name,
        Source of,
        List<String> groups,
        String schedule,
        int quorum,
        Duration remindEvery,
        List<Tier> escalate,
        Duration deadline,
        @JacksonInject(useInput = OptBoolean.TRUE) Deputies deputies) {
    /** Where approvers come from. */
    public enum Source {
        @JsonAlias("manager")
        REQUESTERS_MANAGER(Relation.MANAGER),
        @JsonAlias("sponsor")
        REQUESTERS_SPONSOR(Relation.SPONSOR),
        @JsonAlias("mentor")
        REQUESTERS_MENTOR(Relation.MENTOR),
        RESOURCE_OWNERS(null),
        ON_CALL(null),
        GROUPS(null);

        private final @Nullable Relation relation;

        Source(@Nullable Relation relation) {
            this.relation = relation;
        }

        /** What its approvers are to the requester, where they come from that. */
        public Optional<Relation> relation() {
            return Optional.ofNullable(relation);
        }
    }

    /**
     * Who may stand in for somebody at a level.
     *
     * @param only members of these groups may; none: those who may answer at the level anyway
     */
    public record Deputies(Optional<Set<String>> groups) {
        /** What it is where the file does not say. */
        public static final Deputies WHO_MAY_ANSWER = new Deputies(Optional.empty());

        /** Only these groups; an empty list means nobody. */
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public static Deputies of(List<String> groups) {
            return new Deputies(Optional.of(Set.copyOf(groups)));
        }
    }

    /** The groups that may answer by this definition, at once or later: its own, and those of its tiers. */
    public Set<String> allGroups() {
        Set<String> all = new TreeSet<>(groups);
        escalate.forEach(tier -> all.addAll(tier.groups()));
        return all;
    }

    /** Groups that may answer as well once this much office time has gone by. */
    public record Tier(Duration after, List<String> groups) {
        public Tier {
            groups = List.copyOf(groups);
        }
    }
}
