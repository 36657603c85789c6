package dev.drawbridge.model;

import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContextManager;

/**
 * Whatever people do, in whichever order, and however time passes: the product is what the model of its promises is.
 *
 * <p>A failure names its seed and the shortest walk that was found: repeat it with {@code @Property(seed = "…")}. The long
 * run is {@code ./mvnw -Pwalks verify -Dwalks.minutes=60}.
 */
@DrawbridgeTest
class RandomWalksTest {
    private static final int LONGEST = 40;

    /** None: the few that are walked with each build. */
    private static final Integer MINUTES = Integer.getInteger("walks.minutes");

    private static final long BEGAN = System.nanoTime();

    // The one application that the other tests have as well; jqwik knows nothing of Spring.
    private final ApplicationContext application =
            new TestContextManager(getClass()).getTestContext().getApplicationContext();
    private final World world = application.getBean(World.class);
    private final Product product = new Product(application);

    @Property(tries = 15)
    void isWhatTheModelIsAfterEachStep(@ForAll("walks") List<Step> steps) {
        new Walk(world, product).take(steps);
    }

    @Provide
    Arbitrary<List<Step>> walks() {
        return steps().list().ofMinSize(LONGEST / 2).ofMaxSize(LONGEST);
    }

    private static Arbitrary<Step> steps() {
        Arbitrary<Step.Kind> kinds = Arbitraries.frequency(Arrays.stream(Step.Kind.values())
                .map(kind -> Tuple.of(kind.often, kind))
                .toList());
        return Combinators.combine(kinds, upTo(19), upTo(7), upTo(11)).as(Step::new);
    }

    private static Arbitrary<Integer> upTo(int most) {
        return Arbitraries.integers().between(0, most).withDistribution(net.jqwik.api.RandomDistribution.uniform());
    }
}
