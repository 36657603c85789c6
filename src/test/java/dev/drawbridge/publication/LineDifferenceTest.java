package dev.drawbridge.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDifferenceTest {
    @Test
    void saysNothingWhereNothingDiffers() {
        assertThat(LineDifference.of("a\nb\n", "a\nb\n")).isEmpty();
    }

    @Test
    void showsALineThatChangedAmongThoseAroundIt() {
        assertThat(LineDifference.of("a\nb\nc\nd\ne\nf\ng\nh\n", "a\nb\nc\nd\nE\nf\ng\nh\n"))
                .isEqualTo("@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n");
    }

    @Test
    void showsAFileThatIsNewAndOneThatIsGone() {
        assertThat(LineDifference.of("", "a\nb\n")).isEqualTo("@@ -0,0 +1,2 @@\n+a\n+b\n");
        assertThat(LineDifference.of("a\n", "")).isEqualTo("@@ -1,1 +0,0 @@\n-a\n");
    }

    @Test
    void showsPlacesFarFromEachOtherApart() {
        String then = IntStream.range(0, 40).mapToObj(String::valueOf).collect(Collectors.joining("\n"));
        String now = then.replace("\n5\n", "\nfive\n").replace("\n30\n", "\n30\nhalf\n");

        assertThat(LineDifference.of(then, now))
                .isEqualTo("@@ -3,7 +3,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
                        + "@@ -29,6 +29,7 @@\n 28\n 29\n 30\n+half\n 31\n 32\n 33\n");
    }

    @Test
    void tellsLargeTextsThatDifferThroughoutAsAWhole() {
        String then = IntStream.range(0, 3000).mapToObj(n -> "a" + n).collect(Collectors.joining("\n"));
        String now = IntStream.range(0, 3000).mapToObj(n -> "b" + n).collect(Collectors.joining("\n"));

        assertThat(LineDifference.of(then, now).lines()).hasSize(6001);
    }
}
