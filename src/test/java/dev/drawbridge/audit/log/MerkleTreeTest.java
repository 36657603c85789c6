package dev.drawbridge.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MerkleTreeTest {
    private static final Naive ALL = Naive.of(1_200);

    /** The leaves that implementations of Certificate Transparency test with, and the roots that they come to. */
    @Test
    void comesToTheRootsThatOthersComeTo() {
        List<String> leaves = List.of(
                "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
        List<String> roots = List.of(
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
        Growth growth = new Growth();
        assertThat(HexFormat.of().formatHex(growth.root()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (int leaf = 0; leaf < leaves.size(); leaf++) {
            growth.add(Hashing.leaf(HexFormat.of().parseHex(leaves.get(leaf))));
            assertThat(HexFormat.of().formatHex(growth.root())).isEqualTo(roots.get(leaf));
        }
    }

    @Test
    void comesToTheRootOfTheStandardWhateverTheSize() {
        Growth growth = new Growth();
        MerkleTree tree = new MerkleTree(ALL);
        for (int size = 0; size <= 700; size++) {
            byte[] root = ALL.first(size).root();
            assertThat(growth.root()).as("size %d", size).isEqualTo(root);
            assertThat(tree.root(size)).as("size %d", size).isEqualTo(root);
            growth.add(ALL.leaves().get(size));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 255, 256, 257, 511, 512, 513, 1_000})
    void goesOnWhereALogHasEnded(int size) {
        Growth growth = new Growth(size, ALL);
        List<Growth.Node> made = new ArrayList<>();
        for (int leaf = size; leaf < ALL.leaves().size(); leaf++) {
            growth.add(ALL.leaves().get(leaf));
            made.addAll(growth.made());
        }
        assertThat(growth.root()).isEqualTo(ALL.root());
        assertThat(made.stream().map(Growth.Node::position))
                .containsExactlyElementsOf(IntStream.range(size / 256, 1_200 / 256)
                        .mapToObj(Long::valueOf)
                        .toList());
        made.forEach(node -> assertThat(node.hash())
                .isEqualTo(ALL.read(1, node.position(), 1).get(0)));
    }

    @Test
    void makesThreeLevelsOfNodes() {
        Growth growth = new Growth();
        byte[] leaf = Hashing.leaf(new byte[0]);
        for (int size = 0; size < 1 << 16; size++) {
            growth.add(leaf);
        }
        List<Growth.Node> made = growth.made();
        assertThat(made).hasSize(257);
        assertThat(made.get(256).level()).isEqualTo(2);
        assertThat(growth.root()).isEqualTo(made.get(256).hash());
    }

    @Test
    void provesEachLeafOfSmallLogsAndNothingElse() {
        MerkleTree tree = new MerkleTree(ALL);
        for (int size = 1; size <= 40; size++) {
            byte[] root = ALL.first(size).root();
            for (int index = 0; index < size; index++) {
                List<byte[]> path = tree.inclusion(index, size);
                byte[] leaf = ALL.leaves().get(index);
                assertThat(Proofs.includes(root, size, index, leaf, path)).isTrue();
                assertThat(Proofs.includes(root, size, (index + 1) % size, leaf, path))
                        .isEqualTo(size == 1);
                assertThat(Proofs.includes(root, size, index, ALL.leaves().get(size), path))
                        .isFalse();
                assertThat(Proofs.includes(ALL.first(size + 1).root(), size, index, leaf, path))
                        .isFalse();
                for (int step = 0; step < path.size(); step++) {
                    assertThat(Proofs.includes(root, size, index, leaf, flipped(path, step)))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void provesThatEachLogGoesOnFromEachEarlierOne() {
        MerkleTree tree = new MerkleTree(ALL);
        for (int larger = 0; larger <= 40; larger++) {
            byte[] after = ALL.first(larger).root();
            for (int smaller = 0; smaller <= larger; smaller++) {
                byte[] before = ALL.first(smaller).root();
                List<byte[]> path = tree.consistency(smaller, larger);
                assertThat(Proofs.continues(smaller, before, larger, after, path))
                        .isTrue();
                assertThat(Proofs.continues(smaller, Hashing.leaf(new byte[1]), larger, after, path))
                        .isFalse();
                for (int step = 0; step < path.size(); step++) {
                    assertThat(Proofs.continues(smaller, before, larger, after, flipped(path, step)))
                            .isFalse();
                }
                if (smaller > 0 && smaller < larger) {
                    assertThat(Proofs.continues(smaller, before, larger, Hashing.leaf(new byte[1]), path))
                            .isFalse();
                    assertThat(Proofs.continues(smaller, before, larger, after, List.of()))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void provesAtRandomPlacesOfALargerLog() {
        Random random = new Random(14);
        MerkleTree tree = new MerkleTree(ALL);
        for (int go = 0; go < 300; go++) {
            int larger = 1 + random.nextInt(1_200);
            int smaller = random.nextInt(larger + 1);
            int index = random.nextInt(larger);
            byte[] root = ALL.first(larger).root();
            assertThat(Proofs.includes(root, larger, index, ALL.leaves().get(index), tree.inclusion(index, larger)))
                    .isTrue();
            assertThat(Proofs.continues(
                            smaller, ALL.first(smaller).root(), larger, root, tree.consistency(smaller, larger)))
                    .isTrue();
        }
    }

    @Test
    void provesNothingOfWhatIsNotThere() {
        MerkleTree tree = new MerkleTree(ALL);
        assertThatThrownBy(() -> tree.inclusion(5, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree.consistency(6, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Proofs.includes(ALL.root(), 5, 5, ALL.leaves().get(5), List.of()))
                .isFalse();
        assertThat(Proofs.continues(6, ALL.root(), 5, ALL.root(), List.of())).isFalse();
    }

    private static List<byte[]> flipped(List<byte[]> path, int step) {
        List<byte[]> other = new ArrayList<>(path);
        byte[] hash = path.get(step).clone();
        hash[31] ^= 1;
        other.set(step, hash);
        return other;
    }
}
