package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.drawbridge.approval.ApprovalCase.HandOverFact;
import dev.drawbridge.approval.Electorate.Voters;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.Offer;
import dev.drawbridge.deputies.Deputies;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.platform.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** For random chains, quorums, groups, deputies and orders of decisions: who is cleared had everybody's agreement. */
class ChainTest {
    private static final Instant NOW = Instant.parse("2035-06-05T10:00:00Z");
    private static final List<String> PEOPLE = List.of("ada", "bob", "cid", "dan", "eve", "fay");
    private static final List<String> GROUPS = List.of("red", "green", "blue");
    private static final String REQUESTER = "ada";

    /**
     * Who is in which group, who stands in for whom and may, what is asked, and who says what, in this order.
     *
     * @param handed by level
     */
    record Story(
            Map<String, Set<String>> groups,
            List<Deputies.Deputy> deputies,
            Map<Integer, List<HandOverFact>> handed,
            Set<String> mayStandIn,
            List<Level> levels,
            List<Step> steps,
            Map<String, Set<String>> groupsAtTheGrant) {
        Story(Map<String, Set<String>> groups, List<Deputies.Deputy> deputies, List<Level> levels) {
            this(groups, deputies, Map.of(), Set.copyOf(PEOPLE), levels, List.of(), groups);
        }

        boolean standsIn(String person, String principal, int level) {
            return mayStandIn.contains(person)
                    && (deputies.stream()
                                    .anyMatch(deputy -> deputy.deputy().equals(person)
                                            && deputy.person().equals(principal))
                            || handed.getOrDefault(level, List.of()).stream()
                                    .anyMatch(passed -> passed.to().equals(person)
                                            && passed.from().equals(principal)));
        }
    }

    record Step(String person, String decision) {}

    @Provide
    Arbitrary<Story> stories() {
        Arbitrary<String> person = Arbitraries.of(PEOPLE);
        Arbitrary<Map<String, Set<String>>> membership = Arbitraries.maps(
                        person, Arbitraries.of(GROUPS).set().ofMaxSize(3))
                .ofSize(PEOPLE.size());
        Arbitrary<Deputies.Deputy> deputy = Combinators.combine(person, person)
                .as((one, other) ->
                        new Deputies.Deputy(UUID.randomUUID(), one, other, NOW.minusSeconds(60), NOW.plusSeconds(60)))
                .filter(appointed -> !appointed.person().equals(appointed.deputy()));
        Arbitrary<HandOverFact> passed = Combinators.combine(person, person)
                .as((one, other) -> new HandOverFact(UUID.randomUUID(), 0, one, other))
                .filter(one -> !one.from().equals(one.to()));
        Arbitrary<Level> level = Combinators.combine(
                        Arbitraries.of(GROUPS).list().uniqueElements().ofMaxSize(2),
                        person.list().uniqueElements().ofMaxSize(2),
                        Arbitraries.integers().between(1, 2))
                .as((groups, people, quorum) -> new Level(
                        "level", groups, people, quorum, Duration.ofHours(8), null, null, List.of(), null, null));
        Arbitrary<Step> step = Combinators.combine(
                        person,
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(20, Arbitraries.just("approve")),
                                net.jqwik.api.Tuple.of(1, Arbitraries.just("reject")),
                                net.jqwik.api.Tuple.of(1, Arbitraries.just("maybe"))))
                .as(Step::new);
        return Combinators.combine(
                        membership,
                        deputy.list().ofMaxSize(3),
                        Arbitraries.maps(
                                        Arbitraries.integers().between(0, 2),
                                        passed.list().ofMaxSize(2))
                                .ofMaxSize(3),
                        person.set().ofMinSize(3),
                        level.list().ofMinSize(1).ofMaxSize(3),
                        step.list().ofMaxSize(25),
                        membership,
                        Arbitraries.of(true, true, false))
                .as((groups, deputies, handed, mayStandIn, levels, steps, later, same) ->
                        new Story(groups, deputies, handed, mayStandIn, levels, steps, same ? groups : later));
    }

    /** The real rules on lists in memory. */
    private static final class Play {
        final CaseOf approval;
        final List<Approval> given;
        final Map<String, Set<String>> groups = new HashMap<>();
        final Story story;
        final Answer answer;

        Play(Story story) {
            this.story = story;
            groups.putAll(story.groups());
            approval = CaseOf.ada(NOW, story.levels().toArray(Level[]::new));
            given = approval.answers;
            story.handed()
                    .forEach((level, all) -> all.forEach(one -> approval.handedOver(level, one.from(), one.to())));
            ApprovalCases cases = mock(ApprovalCases.class);
            when(cases.lock(any())).thenAnswer(call -> approval.now());
            when(cases.times(any())).thenAnswer(call -> new LevelTimes(call.getArgument(0), null, NOW));
            doAnswer(call -> given.add(call.getArgument(0))).when(cases).add(any(Approval.class));
            Electorates electorates = mock(Electorates.class);
            when(electorates.now(any(ApprovalCase.class))).thenAnswer(call -> electorate());
            Offer offer = mock(Offer.class);
            Entitlement wanted = mock(Entitlement.class);
            when(wanted.requesters()).thenReturn(Set.of("askers"));
            when(offer.find(anyString())).thenReturn(Optional.of(wanted));
            Directory people = mock(Directory.class);
            when(people.groupsOf(anyString())).thenReturn(Set.of("askers"));
            Narrowing narrowing = mock(Narrowing.class);
            when(narrowing.of(any(), any())).thenReturn(Optional.empty());
            TakeTurn turns = new TakeTurn(cases, electorates, event -> {}, Clock.fixed(NOW, ZoneOffset.UTC));
            answer = new Answer(turns, cases, narrowing, offer, people, event -> {});
        }

        Electorate electorate() {
            return new Electorate(
                    approval.now(), story.levels().stream().map(this::voters).toList(), story.deputies());
        }

        private Voters voters(Level level) {
            Set<String> asked = PEOPLE.stream()
                    .filter(person -> !person.equals(REQUESTER) && belongs(person, level, groups))
                    .collect(Collectors.toSet());
            Set<String> standIns = new HashSet<>(story.mayStandIn());
            standIns.remove(REQUESTER);
            return new Voters(Set.of(), asked, standIns, Set.of());
        }

        void take(Step step) {
            try {
                answer.give(approval.request, step.person(), new Said(step.decision(), "because", null, null));
            } catch (Refusal refused) {
                // As in the product: nothing has happened.
            }
        }

        boolean isCleared() {
            try {
                Clearance.require(approval.now(), moment -> electorate());
                return true;
            } catch (Refusal | ApprovalLapsed refused) {
                return false;
            }
        }
    }

    private static boolean belongs(String person, Level level, Map<String, Set<String>> groups) {
        return level.people().contains(person)
                || groups.getOrDefault(person, Set.of()).stream().anyMatch(level.groups()::contains);
    }

    @Property(tries = 3_000)
    void clearsOnlyWhatEveryLevelAgreedToWithDistinctEligiblePeople(@ForAll("stories") Story story) {
        Play play = new Play(story);
        story.steps().forEach(play::take);
        play.groups.clear();
        play.groups.putAll(story.groupsAtTheGrant());

        boolean cleared = play.isCleared();
        Statistics.label("cleared")
                .collect(cleared)
                .coverage(often -> often.check(true).percentage(percent -> percent > 3));
        if (cleared) {
            assertThat(play.given).noneMatch(answer -> answer.decision() == Approval.Decision.REJECT);
            Set<String> humans = new HashSet<>();
            Set<String> rights = new HashSet<>();
            for (int position = 0; position < story.levels().size(); position++) {
                Level level = story.levels().get(position);
                int at = position;
                List<Approval> valid = play.given.stream()
                        .filter(answer -> answer.level() == at)
                        .filter(answer -> {
                            String right = answer.forPerson() == null ? answer.approver() : answer.forPerson();
                            return !right.equals(REQUESTER) && belongs(right, level, story.groupsAtTheGrant());
                        })
                        .toList();
                assertThat(valid).hasSizeGreaterThanOrEqualTo(level.quorum());
                for (Approval answer : valid) {
                    assertThat(answer.approver()).isNotEqualTo(REQUESTER);
                    assertThat(humans.add(answer.approver()))
                            .as("one answer a person")
                            .isTrue();
                    assertThat(rights.add(answer.forPerson() == null ? answer.approver() : answer.forPerson()))
                            .as("one answer a right")
                            .isTrue();
                    if (answer.forPerson() != null) {
                        assertThat(story.standsIn(answer.approver(), answer.forPerson(), at))
                                .as("who stands in may")
                                .isTrue();
                    }
                }
            }
        }
    }

    @Example
    void keepsForALaterLevelWhomItCannotDoWithout() {
        Level red = levelOf("red", 1);
        Level blue = levelOf("blue", 1);
        Map<String, Set<String>> groups =
                Map.of("bob", Set.of("red", "blue"), "cid", Set.of("red"), "ada", Set.of("red", "blue"));
        List<Deputies.Deputy> dan = List.of(
                new Deputies.Deputy(UUID.randomUUID(), "bob", "dan", NOW.minusSeconds(60), NOW.plusSeconds(60)));
        Play play = new Play(new Story(groups, dan, List.of(red, blue)));

        play.take(new Step("bob", "approve"));
        assertThat(play.given).as("only Bob could answer at the second").isEmpty();
        play.take(new Step("dan", "approve"));
        assertThat(play.given).as("nor may his deputy use him up").isEmpty();
        play.take(new Step("cid", "approve"));
        play.take(new Step("bob", "approve"));
        assertThat(play.given).extracting(Approval::approver).containsExactly("cid", "bob");
        assertThat(play.isCleared()).isTrue();
    }

    @Example
    void keepsForALaterLevelWhomItCannotDoWithoutThoughSomeHaveAnswered() {
        Map<String, Set<String>> groups =
                Map.of("bob", Set.of("red", "blue"), "cid", Set.of("red"), "dan", Set.of("red"));
        List<Level> levels = List.of(levelOf("red", 2), levelOf("blue", 1));
        Play play = new Play(new Story(groups, List.of(), levels));

        play.take(new Step("cid", "approve"));
        play.take(new Step("bob", "approve"));
        assertThat(play.given).extracting(Approval::approver).containsExactly("cid");
        play.take(new Step("dan", "approve"));
        play.take(new Step("bob", "approve"));
        assertThat(play.isCleared()).isTrue();
    }

    private static Level levelOf(String group, int quorum) {
        return new Level(
                group, List.of(group), List.of(), quorum, Duration.ofHours(8), null, null, List.of(), null, null);
    }

    @Property(tries = 2_000)
    void clearsWhatEveryLevelAgreedToWhereNothingHasChangedSince(@ForAll("stories") Story story) {
        Play play = new Play(story);
        story.steps().forEach(play::take);

        boolean agreed = play.given.stream().noneMatch(answer -> answer.decision() == Approval.Decision.REJECT)
                && play.approval.now().open().isEmpty();

        assertThat(play.isCleared()).isEqualTo(agreed);
    }

    @Property(tries = 1_000)
    void neverTakesMoreAnswersThanALevelNeeds(@ForAll("stories") Story story) {
        Play play = new Play(story);
        story.steps().forEach(play::take);

        for (int position = 0; position < story.levels().size(); position++) {
            assertThat(play.approval.now().approvals(position))
                    .isLessThanOrEqualTo(story.levels().get(position).quorum());
        }
    }
}
