package dev.drawbridge.catalog;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.OptBoolean;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Something that can be asked for, as {@code rules/catalog.yaml} describes it.
 *
 * @param id its public name, such as {@code orders-read}
 * @param name a few words for people
 * @param description what one can do with it, a sentence
 * @param resource the thing it opens, such as {@code orders}
 * @param level what it lets one do
 * @param sensitivity how much harm it can do
 * @param environment such as {@code production}
 * @param personalData whether it reaches personal data of customers (masked or not)
 * @param masked whether personal columns are masked
 * @param limit the longest duration that may be asked for
 * @param requesters groups whose members may ask for it
 * @param owners groups whose members own the resource
 * @param levels what is otherwise at some levels of approval for this entitlement; may be left out
 * @param retired from when nobody can ask for it any more, and what becomes of access that is held then; may be left out
 * @param target where it is granted: {@code database} of a configured target and the group {@code role} there
 */
public record Entitlement(
        String id,
        String name,
        String description,
        String resource,
        AccessLevel level,
        Sensitivity sensitivity,
        String environment,
        boolean personalData,
        boolean masked,
        Duration limit,
        Set<String> requesters,
        Set<String> owners,
        Target target,
        @JacksonInject(useInput = OptBoolean.TRUE) AtLevels levels,
        @JacksonInject(useInput = OptBoolean.TRUE) Retirement retired) {

    /**
     * Where an entitlement is granted.
     *
     * @param system the name of a configured target, {@code drawbridge.targets.<system>}
     * @param role the group role that is handed out there
     */
    public record Target(String system, String role) {}

    /** When something is retired, if it is. */
    public record Retirement(@JsonValue Optional<Retired> planned) {
        /** What is not to be retired. */
        public static final Retirement NEVER = new Retirement(Optional.empty());

        /** As the file says. */
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public static Retirement of(Retired planned) {
            return new Retirement(Optional.of(planned));
        }

        /** The plan, where its moment has come. */
        public Optional<Retired> due(Instant moment) {
            return planned.filter(plan -> !plan.at().isAfter(moment));
        }
    }

    /**
     * The plan to retire something.
     *
     * @param at from when nobody can ask for it; what waits ends then
     * @param live what becomes of access that is held then
     */
    public record Retired(Instant at, Live live) {}

    /** What becomes of access to something that is retired. */
    public enum Live {
        /** It ends with it. */
        @JsonAlias("end")
        END,
        /** It lasts until its own end, and cannot be had for longer. */
        @JsonAlias("keep")
        KEEP
    }

    /** By a level's name, what is otherwise there for one entitlement. */
    public record AtLevels(@JsonValue Map<String, AtLevel> byName) {
        /** Where the file does not say. */
        public static final AtLevels AS_DEFINED = new AtLevels(Map.of());

        /** Only these levels. */
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public static AtLevels of(Map<String, AtLevel> byName) {
            return new AtLevels(Map.copyOf(byName));
        }
    }

    /** What is otherwise at one level: two teams need not two levels. */
    public record AtLevel(
            @JacksonInject(useInput = OptBoolean.TRUE) Rota schedule,
            @JacksonInject(useInput = OptBoolean.TRUE) Quorum quorum) {}

    /** A rota of {@code rules/on-call.yaml}; none: that of the level. */
    public record Rota(Optional<String> name) {
        static final Rota AS_DEFINED = new Rota(Optional.empty());

        static Rota of(String name) {
            return new Rota(Optional.of(name));
        }
    }

    /** How many must approve; none: as many as the level says. */
    public record Quorum(Optional<Integer> people) {
        static final Quorum AS_DEFINED = new Quorum(Optional.empty());

        static Quorum of(int people) {
            return new Quorum(Optional.of(people));
        }
    }

    /** What it lets one do, and where, as one SHA-256: as long as it stays the same, what was agreed to is still that. */
    public String fingerprint() {
        StringBuilder content = new StringBuilder();
        for (Object part : List.of(
                id, resource, level, sensitivity, environment, personalData, masked, target.system(), target.role())) {
            String text = part.toString();
            // The length in front keeps two neighbours from being shifted into one another.
            content.append(text.length()).append(':').append(text);
        }
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(content.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Who has duty for it at a level. */
    public String scheduleAt(LevelDefinition level) {
        return Optional.ofNullable(levels.byName().get(level.name()))
                .flatMap(own -> own.schedule().name())
                .orElse(level.schedule());
    }

    /** How many must approve it at a level. */
    public int quorumAt(LevelDefinition level) {
        return Optional.ofNullable(levels.byName().get(level.name()))
                .flatMap(own -> own.quorum().people())
                .orElse(level.quorum());
    }
}
