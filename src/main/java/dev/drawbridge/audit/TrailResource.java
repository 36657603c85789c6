package dev.drawbridge.audit;

import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.request.RequestView;
import dev.drawbridge.request.RequestViews;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The story of a request, in sentences, for those who may see the request. */
@RestController
@Tag(name = "Record")
class TrailResource {
    private final Story story;
    private final RequestViews views;
    private final WallClocks clocks;

    TrailResource(Story story, RequestViews views, WallClocks clocks) {
        this.story = story;
        this.views = views;
        this.clocks = clocks;
    }

    record TrailEntry(Instant at, String actor, String kind, String sentence) {}

    @GetMapping("/api/v1/access-requests/{id}/trail")
    @Operation(summary = "Everything that happened to a request, oldest first")
    List<TrailEntry> trail(@PathVariable UUID id) {
        RequestView request = views.require(CurrentSignIn.require().person(), id);
        return story.of(request.id(), clocks.ofReader().clock()).stream()
                .map(one -> new TrailEntry(one.at(), one.actor(), one.kind(), one.sentence()))
                .toList();
    }
}
