package dev.drawbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

class NetworkTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.1.0.0",
                "10.1.0.0/",
                "10.1.0.0/33",
                "10.1.0.0/-1",
                "10.1.0.0/016",
                "010.1.0.0/16",
                "10.1/16",
                "256.0.0.0/8",
                "example.org/16",
                "10.1.0.0/16 ",
                "2001:db8::/129",
                "::g/64",
                "fe80::1%eth0/64",
                "10.1.0.0/16/8"
            })
    void refusesWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> Network.parse(text)).hasMessageContaining("is not a network such as");
    }

    @Test
    void saysHowANetworkIsWrittenThatNamesOneOfItsAddresses() {
        assertThatThrownBy(() -> Network.parse("10.1.2.3/16")).hasMessageEndingWith("write 10.1.0.0/16.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "unknown", "localhost", "10.1.0.0/16", "10.1", "0x0a.1.0.1", "2001:db8::1", "10.1.0.1 "})
    void holdsNothingThatIsNoAddressOfItsKind(String address) {
        assertThat(Network.parse("10.0.0.0/8").holds(address)).isFalse();
        assertThat(Network.parse("0.0.0.0/0").holds(address)).isFalse();
    }

    @Test
    void takesAnAddressHoweverItIsWritten() {
        assertThat(Network.parse("10.1.0.0/16").holds("::ffff:10.1.44.7")).isTrue();
        assertThat(Network.parse("fe80::/10").holds("fe80:0:0:0:1:2:3:4%eth0")).isTrue();
        assertThat(Network.parse("::1/128").holds("0:0:0:0:0:0:0:1")).isTrue();
        assertThat(Network.parse("2001:db8::/32").holds("2001:DB8:1::")).isTrue();
    }

    @Property
    void saysTheSameAsAnother(
            @ForAll @Size(4) List<@IntRange(max = 255) Integer> network,
            @ForAll @IntRange(max = 32) int bits,
            @ForAll @Size(4) List<@IntRange(max = 255) Integer> other,
            @ForAll boolean near)
            throws UnknownHostException {
        byte[] first = bytes(network, bits, network);
        String text = InetAddress.getByAddress(first).getHostAddress() + "/" + bits;
        // Far from it, or with the same beginning.
        String address = InetAddress.getByAddress(near ? bytes(network, bits, other) : bytes(other, 32, other))
                .getHostAddress();

        Network parsed = Network.parse(InetAddress.getByAddress(bytes(network, bits, List.of(0, 0, 0, 0)))
                        .getHostAddress()
                + "/" + bits);

        assertThat(parsed.holds(address))
                .as(text + " " + address)
                .isEqualTo(new IpAddressMatcher(text).matches(address));
    }

    /** So many bits of one, and the others of another. */
    private static byte[] bytes(List<Integer> one, int bits, List<Integer> other) {
        byte[] bytes = new byte[4];
        for (int bit = 0; bit < 32; bit++) {
            int from = (bit < bits ? one : other).get(bit / 8);
            bytes[bit / 8] |= (byte) (from & (0x80 >> (bit % 8)));
        }
        return bytes;
    }
}
