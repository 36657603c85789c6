package dev.drawbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.drawbridge.publication.LatestPublication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be asked for at a moment: what the catalog has, that is not retired, on a target that is there. */
class OfferTest {
    private static final Instant SIX = Instant.parse("2027-03-01T18:00:00Z");

    @TempDir
    Path rules;

    private final LatestPublication latest = mock(LatestPublication.class);

    @BeforeEach
    void goByTheLatest() {
        when(latest.isInForce()).thenReturn(true);
    }

    private Catalog catalog(String retired) throws IOException {
        String text = Files.readString(Path.of("rules", "catalog.yaml"));
        Files.writeString(
                rules.resolve("catalog.yaml"),
                text.replaceFirst("role: app_logs_read}", "role: app_logs_read}\n" + retired));
        return new Catalog(new RuleFiles(rules));
    }

    private Offer at(Instant moment, String retired, String... targets) throws IOException {
        return new Offer(catalog(retired), () -> Set.of(targets), latest, Clock.fixed(moment, ZoneOffset.UTC));
    }

    private static List<String> toEngineers(Offer offer) {
        return offer.to(Set.of("engineers")).stream().map(Entitlement::id).toList();
    }

    /** A node with newer rules may have it. */
    @Test
    void takesNothingForGoneThatIsNotKnownHereWhileThisNodeIsBehind() throws IOException {
        Offer offer = at(Instant.EPOCH, "", "orders", "logs");
        assertThat(offer.whyNeverAgain("no-such-thing")).hasValue("It is no longer in the catalog.");

        when(latest.isInForce()).thenReturn(false);

        assertThat(offer.whyNeverAgain("no-such-thing")).isEmpty();
        assertThat(offer.findOnAnyTarget("no-such-thing")).isEmpty();
    }

    @Test
    void offersToEachOnlyWhatTheyMayAskFor() throws IOException {
        Offer offer = at(SIX, "", "orders");

        assertThat(offer.to(Set.of("auditors"))).isEmpty();
        assertThat(toEngineers(offer)).hasSize(5);
    }

    @Test
    void offersNothingThatIsRetiredFromThatVeryMoment() throws IOException {
        String plan = "    retired: {at: 2027-03-01T18:00:00Z, live: keep}";

        assertThat(toEngineers(at(SIX.minusMillis(1), plan, "orders"))).contains("app-logs-read");
        Offer after = at(SIX, plan, "orders");
        assertThat(toEngineers(after)).hasSize(4).doesNotContain("app-logs-read");
        assertThat(after.find("app-logs-read")).isEmpty();
        assertThat(after.whyNot("app-logs-read")).contains("It has been retired since 1 Mar 2027 18:00 UTC.");
        assertThat(after.retired()).containsExactly("app-logs-read");
        assertThat(after.whyEnded("app-logs-read")).as("what is held lasts").isEmpty();
    }

    @Test
    void endsAccessWithItWhereThePlanSaysSo() throws IOException {
        String plan = "    retired: {at: 2027-03-01T18:00:00Z, live: end}";

        assertThat(at(SIX.minusMillis(1), plan, "orders").whyEnded("app-logs-read"))
                .isEmpty();
        assertThat(at(SIX, plan, "orders").whyEnded("app-logs-read")).isPresent();
    }

    @Test
    void offersNothingOnATargetThatIsNotThere() throws IOException {
        Offer offer = at(SIX, "", "billing");

        assertThat(toEngineers(offer)).isEmpty();
        assertThat(offer.whyNot("app-logs-read"))
                .contains("Its target 'orders' is not configured here; please tell the operators.");
        assertThat(offer.whyNeverAgain("app-logs-read"))
                .as("the target may come back")
                .isEmpty();
    }

    @Test
    void knowsNothingThatTheCatalogDoesNotHave() throws IOException {
        Offer offer = at(SIX, "", "orders");

        assertThat(offer.knows("gone")).isFalse();
        assertThat(offer.whyNot("gone")).contains("It is no longer in the catalog.");
        assertThat(offer.whyNeverAgain("gone")).contains("It is no longer in the catalog.");
        assertThat(offer.whyEnded("gone")).as("what is held lasts").isEmpty();
    }
}
