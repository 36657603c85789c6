package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.Offer;
import dev.drawbridge.catalog.Sensitivity;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.guardrails.Finding;
import dev.drawbridge.guardrails.Guardrails;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.guardrails.Verdict;
import dev.drawbridge.guardrails.Verdicts;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Less than was asked for, and never anything else. */
class NarrowingTest {
    private final Map<String, Entitlement> known = new LinkedHashMap<>();
    private final Guardrails guardrails = mock(Guardrails.class);
    private List<Level> levels = List.of();

    private record Made(
            String environment, boolean personalData, boolean masked, Set<String> requesters, String owner) {}

    private static final Made PLAIN = new Made("production", true, false, Set.of("engineers"), "owners");

    private void entitlement(String id, String resource, AccessLevel level, Sensitivity sensitivity, Made made) {
        known.put(
                id,
                new Entitlement(
                        id,
                        id,
                        id,
                        resource,
                        level,
                        sensitivity,
                        made.environment(),
                        made.personalData(),
                        made.masked(),
                        Duration.ofHours(8),
                        made.requesters(),
                        Set.of(made.owner()),
                        new Entitlement.Target("orders", id),
                        Entitlement.AtLevels.AS_DEFINED,
                        Entitlement.Retirement.NEVER));
    }

    private Narrowing narrowing() {
        Catalog catalog = mock(Catalog.class);
        when(catalog.all()).thenReturn(known.values());
        when(catalog.find(any())).thenAnswer(call -> Optional.ofNullable(known.get(call.<String>getArgument(0))));
        AccessRequests requests = mock(AccessRequests.class);
        when(requests.signInOf(any())).thenReturn(new SignIn("ada", Set.of(), "form", false, Instant.EPOCH, "::1"));
        return new Narrowing(
                catalog, mock(Offer.class), guardrails, mock(Verdicts.class), requests, mock(Directory.class));
    }

    private static AccessRequest request(String entitlement, UUID extending) {
        return new AccessRequest(
                UUID.randomUUID(),
                "i",
                "erin",
                entitlement,
                Duration.ofHours(2),
                "why",
                null,
                null,
                Instant.EPOCH,
                extending);
    }

    private static Said answer(String duration, String entitlement) {
        return new Said("approve", "", duration, entitlement);
    }

    private Optional<Scope> narrowed(String duration, String entitlement) {
        CaseOf approval = new CaseOf(request("write", null), Instant.EPOCH, levels);
        return narrowing().of(approval.now(), answer(duration, entitlement));
    }

    private void standard() {
        entitlement("write", "orders", AccessLevel.WRITE, Sensitivity.HIGH, PLAIN);
        entitlement("read", "orders", AccessLevel.READ, Sensitivity.HIGH, PLAIN);
    }

    private static Level level(int quorum, String... groups) {
        return new Level(
                "owner", List.of(groups), List.of(), quorum, Duration.ofHours(1), null, null, List.of(), null, null);
    }

    @Test
    void takesAShorterTimeWithoutJudgingAnew() {
        standard();

        assertThat(narrowed("PT30M", null)).contains(new Scope("write", Duration.ofMinutes(30)));
        assertThat(narrowed(" PT30M ", "write")).contains(new Scope("write", Duration.ofMinutes(30)));
        org.mockito.Mockito.verifyNoInteractions(guardrails);
    }

    @Test
    void saysNothingWhereNothingIsLess() {
        standard();

        assertThat(narrowed(null, null)).isEmpty();
        assertThat(narrowed("", " ")).isEmpty();
        assertThat(narrowed("PT1S", null)).contains(new Scope("write", Duration.ofSeconds(1)));
        assertThat(narrowed("PT2H", "write")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT2H1S", "PT0S", "PT-1H", "soon", "P1M"})
    void refusesATimeThatIsNotShorter(String duration) {
        standard();

        assertThatThrownBy(() -> narrowed(duration, null))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("duration"));
    }

    @Test
    void offersOnlyWhatDoesLessAndShowsNothingMore() {
        standard();
        entitlement("equal", "orders", AccessLevel.WRITE, Sensitivity.HIGH, PLAIN);
        entitlement("admin", "orders", AccessLevel.ADMIN, Sensitivity.HIGH, PLAIN);
        entitlement("critical", "orders", AccessLevel.READ, Sensitivity.CRITICAL, PLAIN);
        entitlement("elsewhere", "logs", AccessLevel.READ, Sensitivity.LOW, PLAIN);
        entitlement(
                "staging",
                "orders",
                AccessLevel.READ,
                Sensitivity.LOW,
                new Made("staging", true, false, Set.of("engineers"), "owners"));
        entitlement(
                "theirs",
                "orders",
                AccessLevel.READ,
                Sensitivity.LOW,
                new Made("production", true, false, Set.of("engineers"), "others"));
        entitlement(
                "not-askable",
                "orders",
                AccessLevel.READ,
                Sensitivity.LOW,
                new Made("production", true, false, Set.of("security"), "owners"));
        entitlement(
                "masked",
                "orders",
                AccessLevel.READ,
                Sensitivity.LOW,
                new Made("production", true, true, Set.of("engineers"), "owners"));

        assertThat(narrowing().lesserThan(request("write", null), "write"))
                .extracting(Entitlement::id)
                .containsExactly("read", "masked");
        assertThat(narrowing().lesserThan(request("masked", null), "masked"))
                .as("nothing is unmasked by narrowing")
                .isEmpty();
        assertThat(narrowing().lesserThan(request("write", UUID.randomUUID()), "write"))
                .as("what is to last longer stays what it is")
                .isEmpty();
    }

    @Test
    void offersTheSameLevelOfSomethingLessSensitiveAndTheOtherWayRound() {
        entitlement("write", "orders", AccessLevel.WRITE, Sensitivity.HIGH, PLAIN);
        entitlement("harmless", "orders", AccessLevel.WRITE, Sensitivity.LOW, PLAIN);
        entitlement("read", "orders", AccessLevel.READ, Sensitivity.HIGH, PLAIN);

        assertThat(narrowing().lesserThan(request("write", null), "write"))
                .extracting(Entitlement::id)
                .containsExactly("harmless", "read");
    }

    @Test
    void keepsMaskedWhatWasMasked() {
        Made masked = new Made("production", true, true, Set.of("engineers"), "owners");
        entitlement("masked-write", "orders", AccessLevel.WRITE, Sensitivity.HIGH, masked);
        entitlement("masked-read", "orders", AccessLevel.READ, Sensitivity.LOW, masked);
        entitlement("read", "orders", AccessLevel.READ, Sensitivity.LOW, PLAIN);

        assertThat(narrowing().lesserThan(request("masked-write", null), "masked-write"))
                .extracting(Entitlement::id)
                .containsExactly("masked-read");
    }

    @Test
    void showsNoPersonalDataToWhoAskedForNone() {
        entitlement(
                "counts",
                "orders",
                AccessLevel.WRITE,
                Sensitivity.HIGH,
                new Made("production", false, false, Set.of("engineers"), "owners"));
        entitlement("people", "orders", AccessLevel.READ, Sensitivity.LOW, PLAIN);

        assertThat(narrowing().lesserThan(request("counts", null), "counts")).isEmpty();
    }

    @Test
    void refusesWhatIsNotLess() {
        standard();
        entitlement("admin", "orders", AccessLevel.ADMIN, Sensitivity.CRITICAL, PLAIN);

        for (String other : List.of("admin", "nowhere")) {
            assertThatThrownBy(() -> narrowed(null, other))
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("not-narrower"));
        }
    }

    @Test
    void refusesWhatTheGuardrailsRefuse() {
        standard();
        when(guardrails.judge(any(), any()))
                .thenReturn(new Verdict.Denied(
                        List.of(
                                new Finding("a", Finding.Effect.DENY, "Not on Sundays.", null),
                                new Finding("b", Finding.Effect.ALLOW, "Fine otherwise.", null)),
                        "book"));

        assertThatThrownBy(() -> narrowed(null, "read")).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.code()).isEqualTo("narrower-is-denied");
            assertThat(refusal.sentence()).isEqualTo("Not on Sundays.");
        });
    }

    @Test
    void refusesWhatOtherPeopleWouldHaveToAgreeTo() {
        standard();
        when(guardrails.judge(any(), any()))
                .thenReturn(new Verdict.NeedsApproval(List.of(), List.of(level(2, "owners")), null, List.of(), "book"));
        for (Level asked : List.of(level(1, "owners"), level(2, "others"))) {
            levels = List.of(asked);
            assertThatThrownBy(() -> narrowed(null, "read"))
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("narrower-asks-others"));
        }

        levels = List.of(level(3, "owners"));
        assertThat(narrowed(null, "read")).contains(new Scope("read", Duration.ofHours(2)));
    }

    @Test
    void keepsToTheLimitOfWhatItIsNarrowedTo() {
        standard();
        when(guardrails.judge(any(), any()))
                .thenReturn(new Verdict.Allowed(List.of(), Duration.ofMinutes(45), List.of(), "book"));

        assertThat(narrowed(null, "read")).contains(new Scope("read", Duration.ofMinutes(45)));
        assertThat(narrowed("PT30M", "read")).contains(new Scope("read", Duration.ofMinutes(30)));
    }
}
