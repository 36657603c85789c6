package dev.drawbridge.console;

import dev.drawbridge.audit.Story;
import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.request.InWords;
import dev.drawbridge.request.RequestView;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What has happened to a request, who agreed, and what became of the access, in sentences. */
@Component
class StoryLines {
    private final Story story;

    StoryLines(Story story) {
        this.story = story;
    }

    /**
     * The story of a request.
     *
     * @param latest what happened last, by its number
     * @param access what is to be said of the access; none: none was given
     * @param use what is known of its use
     */
    public record Told(
            List<Line> lines,
            long latest,
            List<String> answers,
            @Nullable String access,
            @Nullable String use) {}

    /** Something that happened. */
    public record Line(String at, String sentence, String kind, String actor) {}

    Told of(RequestView request, UUID id, WallClock clock) {
        List<Story.Happened> all = story.of(id, clock);
        return new Told(
                all.stream()
                        .map(one -> new Line(clock.moment(one.at()), one.sentence(), one.kind(), one.actor()))
                        .toList(),
                all.stream().mapToLong(Story.Happened::number).max().orElse(0),
                request.approvals().stream().map(one -> answer(one, clock)).toList(),
                access(request, clock),
                use(request, all, clock));
    }

    private static String answer(RequestView.ApprovalView one, WallClock clock) {
        return (one.approverName() == null ? one.approver() : one.approverName())
                + (one.decision().equals("approve") ? " approved" : " refused") + " at level "
                + InWords.level(one.level()) + " on " + clock.moment(one.at())
                + (one.comment().isEmpty() ? "." : ": " + PlainText.quoted(one.comment()));
    }

    private static @Nullable String access(RequestView request, WallClock clock) {
        RequestView.GrantView grant = request.grant();
        if (grant == null) {
            return null;
        }
        if (grant.endedAt() != null) {
            Duration held = Duration.between(grant.startedAt(), grant.endedAt()).truncatedTo(ChronoUnit.MINUTES);
            return "The access was there from " + clock.moment(grant.startedAt()) + " until "
                    + clock.moment(grant.endedAt()) + ", "
                    + (held.isZero() || held.isNegative() ? "less than a minute" : InWords.length(held)) + ".";
        }
        return "The access is there since " + clock.moment(grant.startedAt()) + ", and ends on "
                + clock.moment(grant.expiresAt()) + ".";
    }

    /** What is known by now: whether anybody could sign in with it. */
    private static @Nullable String use(RequestView request, List<Story.Happened> all, WallClock clock) {
        if (request.grant() == null) {
            return null;
        }
        List<Story.Happened> revealed = all.stream()
                .filter(one -> one.kind().equals("credential-revealed"))
                .toList();
        if (revealed.isEmpty()) {
            return "No credential was revealed"
                    + (request.grant().endedAt() == null
                            ? " so far, so nobody can have used it."
                            : ", so nobody has used it.");
        }
        return "A credential was revealed "
                + (revealed.size() == 1 ? "once" : InWords.number(revealed.size()) + " times") + ", last on "
                + clock.moment(revealed.get(revealed.size() - 1).at()) + ".";
    }
}
