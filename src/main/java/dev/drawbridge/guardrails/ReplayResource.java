package dev.drawbridge.guardrails;

import dev.drawbridge.platform.CurrentSignIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a publication would have said to what was judged, for those who own the rules. */
@RestController
@RequestMapping("/api/v1/publications/{number}")
@Tag(name = "Publications")
class ReplayResource {
    private final Replays replays;

    ReplayResource(Replays replays) {
        this.replays = replays;
    }

    record Lately(@Nullable Integer days) {}

    record Shadow(List<ShadowDifference> items) {}

    @PostMapping("/replay")
    @Operation(
            summary = "What these rules would have said to the requests of the last days",
            description = "For process owners. Which verdicts would change, by rule, entitlement, group and person.")
    ReplayReport replay(@PathVariable long number, @RequestBody Lately lately) {
        return replays.overTheLast(CurrentSignIn.require(), number, lately.days() == null ? 0 : lately.days());
    }

    @GetMapping("/shadow")
    @Operation(
            summary = "What these rules would have said otherwise while they judged in the shadow",
            description = "For process owners. The latest 500, newest first.")
    Shadow shadow(@PathVariable long number) {
        return new Shadow(replays.inTheShadow(CurrentSignIn.require(), number));
    }
}
