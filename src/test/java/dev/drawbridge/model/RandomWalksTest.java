package dev.drawbridge.model;

import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.BeforeProperty;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import net.jqwik.api.statistics.Statistics;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContextManager;

/**
 * Whatever people do, in whichever order, and however time passes: the product is what the model of its promises is.
 *
 * <p>What fails is told as a story of who did what, as short as could be found, with its seed: {@code @Property(seed = "…")}
 * walks the same again. The long run is {@code ./mvnw -Pwalks verify -Dwalks.minutes=60}.
 */
@DrawbridgeTest
class RandomWalksTest {
    private static final int LONGEST = 40;
    private static final Duration ASKED_FOR = Duration.ofMinutes(Integer.getInteger("walks.minutes", 0));
    private static final long BEGAN = System.nanoTime();

    /** Spring's part of a test, the coverage of processes among it, which jqwik knows nothing of. */
    private static final TestContextManager SPRING = new TestContextManager(RandomWalksTest.class);

    @Autowired
    World world;

    @Autowired
    ApplicationContext product;

    @BeforeContainer
    static void begin() throws Exception {
        SPRING.beforeTestClass();
    }

    @AfterContainer
    static void end() throws Exception {
        SPRING.afterTestClass();
    }

    @BeforeProperty
    void wire() throws Exception {
        SPRING.prepareTestInstance(this);
        SPRING.beforeTestMethod(this, walked());
    }

    @AfterProperty
    void done() throws Exception {
        SPRING.afterTestMethod(this, walked(), null);
    }

    private static Method walked() throws NoSuchMethodException {
        return RandomWalksTest.class.getDeclaredMethod("walk", List.class);
    }

    @Property(tries = 10, edgeCases = EdgeCasesMode.NONE)
    void areTheSameInTheProductAndInTheModel(@ForAll("walks") List<Step> steps) {
        walk(steps);
    }

    @Property(tries = 100_000, edgeCases = EdgeCasesMode.NONE)
    @AddLifecycleHook(WhenAskedFor.class)
    void areTheSameForAsLongAsAskedFor(@ForAll("walks") List<Step> steps) {
        if (System.nanoTime() - BEGAN < ASKED_FOR.toNanos()) {
            walk(steps);
        }
    }

    private void walk(List<Step> steps) {
        Walk walk = new Walk(new Both(world, new Product(product)));
        walk.take(steps);
        walk.done().forEach(step -> Statistics.label("steps").collect(step));
    }

    @Provide
    Arbitrary<List<Step>> walks() {
        return steps().list().ofMaxSize(LONGEST).withSizeDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<Step> steps() {
        Arbitrary<Step.Kind> kinds = Arbitraries.frequency(Arrays.stream(Step.Kind.values())
                .map(kind -> Tuple.of(kind.often, kind))
                .toList());
        return Combinators.combine(kinds, upTo(19), upTo(7), upTo(11)).as(Step::new);
    }

    private static Arbitrary<Integer> upTo(int most) {
        return Arbitraries.integers().between(0, most).withDistribution(RandomDistribution.uniform());
    }

    static class WhenAskedFor implements SkipExecutionHook {
        @Override
        public SkipResult shouldBeSkipped(LifecycleContext context) {
            return ASKED_FOR.isZero()
                    ? SkipResult.skip("takes as long as -Dwalks.minutes says")
                    : SkipResult.doNotSkip();
        }
    }
}
