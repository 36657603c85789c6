package dev.drawbridge.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.drawbridge.approval.Waiting;
import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What approvers read of a request. */
class SubjectTest {
    private static final Instant DEADLINE = Instant.parse("2035-06-05T15:00:00Z");

    private final Waiting waiting = mock(Waiting.class);
    private final Directory people = mock(Directory.class);
    private final WallClocks clocks = mock(WallClocks.class);
    private final Subject subject = new Subject(mock(AccessRequests.class), waiting, people, clocks);

    @BeforeEach
    void everybodyHasAName() {
        when(people.nameOf("erin")).thenReturn("Erin Engineer");
        when(clocks.of(any(), any())).thenAnswer(call -> {
            boolean berlin = call.<Set<String>>getArgument(1).contains("berlin");
            return new WallClock(ZoneId.of(berlin ? "Europe/Berlin" : "America/New_York"), DEADLINE);
        });
        when(waiting.gist(any()))
                .thenReturn(new Waiting.Gist("Orders, change data", Duration.ofMinutes(90), Optional.of(DEADLINE)));
    }

    private static AccessRequest request(UUID extending) {
        return new AccessRequest(
                UUID.randomUUID(),
                "instance",
                "erin",
                "orders-write",
                Duration.ofMinutes(90),
                "Mend order 4711",
                null,
                null,
                Instant.EPOCH,
                extending);
    }

    private static Directory.Person reader(String group) {
        return new Directory.Person("r", "R", Set.of(group), Map.of(), Optional.empty());
    }

    @Test
    void tellsEachReaderTheDeadlineInTheirOwnZoneAndLooksTheRestUpOnce() {
        Function<Directory.Person, List<String>> told = subject.told(request(null), "It waits for you.");

        assertThat(told.apply(reader("berlin")))
                .containsExactly(
                        "Erin Engineer asks for Orders, change data for 1 hour 30 minutes.",
                        "“Mend order 4711”",
                        "It waits for you.",
                        "It times out on Tue 5 Jun, 17:00 CEST.");
        assertThat(told.apply(reader("new-york"))).last().asString().isEqualTo("It times out on Tue 5 Jun, 11:00 EDT.");
        verify(waiting, times(1)).gist(any());
    }

    @Test
    void saysThatItIsMoreTimeThatIsAskedFor() {
        assertThat(subject.told(request(UUID.randomUUID()), "").apply(reader("berlin")))
                .first()
                .isEqualTo("Erin Engineer asks for Orders, change data for 1 hour 30 minutes more.");
    }
}
