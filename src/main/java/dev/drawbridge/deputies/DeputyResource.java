package dev.drawbridge.deputies;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Naming who answers in one's place. */
@RestController
@RequestMapping("/api/v1/deputies")
@Tag(name = "Approvals")
class DeputyResource {
    private final Deputies deputies;
    private final Refusals refusals;
    private final Clock clock;

    DeputyResource(Deputies deputies, Refusals refusals, Clock clock) {
        this.deputies = deputies;
        this.refusals = refusals;
        this.clock = clock;
    }

    record DeputyBody(
            @Nullable String deputy,
            @Nullable String from,
            @Nullable String until) {}

    @GetMapping
    @Operation(summary = "Your deputies, and whose deputy you are")
    List<Deputies.Deputy> list() {
        return deputies.list(CurrentSignIn.require().person());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary =
                    "Name a deputy, one for a period, who may stand in for you at some level; times are in UTC, and it begins now where `from` is left out")
    Deputies.Deputy appoint(@RequestBody DeputyBody body) {
        String person = CurrentSignIn.require().person();
        return refusals.onRecord(
                person,
                null,
                () -> deputies.appoint(
                        person,
                        body.deputy() == null ? "" : body.deputy().strip(),
                        body.from() == null || body.from().isBlank() ? clock.instant() : instant("from", body.from()),
                        instant("until", body.until())));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Dismiss your deputy before the time")
    void dismiss(@PathVariable UUID id) {
        String person = CurrentSignIn.require().person();
        refusals.onRecord(person, null, () -> deputies.dismiss(person, id));
    }

    private static Instant instant(String field, @Nullable String text) {
        try {
            return Instant.parse(text == null ? "" : text.strip());
        } catch (DateTimeParseException unreadable) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID,
                    field,
                    "invalid-" + field,
                    "Write '" + field + "' as a time in UTC, like 2027-01-31T09:00:00Z.");
        }
    }
}
