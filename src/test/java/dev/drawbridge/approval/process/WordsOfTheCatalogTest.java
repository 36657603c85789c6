package dev.drawbridge.approval.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.KnownEntitlements;
import dev.drawbridge.catalog.Offer;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.catalog.Sensitivity;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a process may name of the catalog, and what of that is of the past. */
class WordsOfTheCatalogTest {
    private final Catalog catalog = new Catalog(new RuleFiles(Path.of("src", "test", "resources", "company", "rules")));
    private final Offer offer = mock(Offer.class);
    private final KnownEntitlements known = mock(KnownEntitlements.class);
    private final JdbcClient jdbc = mock(JdbcClient.class, RETURNS_DEEP_STUBS);
    private final WordsOfTheCatalog words = new WordsOfTheCatalog(catalog, offer, known, jdbc);

    @BeforeEach
    void somethingIsRetiredAndSomethingHasLeft() {
        when(offer.retired()).thenReturn(Set.of("personnel-read"));
        when(offer.knows(anyString()))
                .thenAnswer(asked -> catalog.find(asked.getArgument(0)).isPresent());
        when(jdbc.sql(anyString()).query(String.class).list()).thenReturn(List.of("billing-read", "payroll-read"));
        when(known.find(anyString())).thenReturn(Optional.empty());
        when(known.find("payroll-read"))
                .thenReturn(Optional.of(new KnownEntitlements.Known(
                        "payroll-read",
                        "Payroll",
                        "payroll",
                        "personnel-prod",
                        AccessLevel.READ,
                        Sensitivity.HIGH,
                        "production",
                        true,
                        false,
                        Set.of())));
    }

    @Test
    void knowsWhatIsRetiredAndWhatHasLeftTheCatalogAndIsNotOver() {
        assertThat(words.of("asked", "entitlement")).contains("personnel-read").doesNotContain("payroll-read");
        assertThat(words.past("asked", "entitlement")).containsExactlyInAnyOrder("personnel-read", "payroll-read");
    }

    @Test
    void knowsAThingThatCanBeHadInAnotherWayAsOneOfThePresent() {
        when(known.find("personnel-read"))
                .thenReturn(Optional.of(new KnownEntitlements.Known(
                        "personnel-read",
                        "Personnel",
                        catalog.find("billing-read").orElseThrow().resource(),
                        "personnel-prod",
                        AccessLevel.READ,
                        Sensitivity.HIGH,
                        "production",
                        true,
                        false,
                        Set.of())));

        assertThat(words.past("asked", "resource")).containsExactly("payroll");
    }

    @Test
    void knowsNothingOfThePastOfGroupsAndEnvironmentsAndOtherBeans() {
        assertThat(words.past("asked", "environment")).isEmpty();
        assertThat(words.past("asked", "obligedTo")).isEmpty();
        assertThat(words.past("approvalLevels", "entitlement")).isEmpty();
        assertThat(words.groups()).contains("people-ops");
    }
}
