package dev.drawbridge.publication;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a publication got somewhere.
 *
 * @param id later ones have greater ones
 * @param stage never {@link Stage#PAST}, which follows from what came after
 * @param base what was in force until then; none for the first
 * @param cohort for whom it counts, where it is {@link Stage#CANARY}
 * @param backWhen when it ends by itself; there where it is {@link Stage#CANARY}
 * @param actor a person's id, or {@code system}
 */
public record Step(
        long id,
        long number,
        Stage stage,
        @Nullable Long base,
        Cohort cohort,
        @Nullable BackWhen backWhen,
        String actor,
        String note,
        Instant at) {}
