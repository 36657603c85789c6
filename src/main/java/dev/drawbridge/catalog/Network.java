package dev.drawbridge.catalog;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of network addresses, such as {@code 10.1.0.0/16}.
 *
 * @param first its first address
 * @param bits how many bits all its addresses have in common
 */
public record Network(InetAddress first, int bits) {
    /** No leading zeros, which some read as octal. */
    private static final String OCTET = "(0|[1-9][0-9]{0,2})";

    private static final Pattern FOUR = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern SIX = Pattern.compile("(?=.*:)[0-9A-Fa-f:.]{2,45}");
    private static final Pattern BITS = Pattern.compile("0|[1-9][0-9]{0,2}");

    /** Refuses what is no network, by a {@link DateTimeException} whose message is a sentence for the author of a rule. */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> first = slash < 0 ? Optional.empty() : address(text.substring(0, slash));
        String bits = text.substring(slash + 1);
        if (first.isEmpty()
                || !BITS.matcher(bits).matches()
                || Integer.parseInt(bits) > first.get().getAddress().length * 8) {
            throw new DateTimeException("is not a network such as 10.1.0.0/16 or 2001:db8::/32.");
        }
        Network network = new Network(first.get(), Integer.parseInt(bits));
        byte[] start = network.masked(first.get().getAddress());
        if (!Arrays.equals(start, first.get().getAddress())) {
            throw new DateTimeException(
                    "says more than its /" + bits + " keeps; write " + of(start).getHostAddress() + "/" + bits + ".");
        }
        return network;
    }

    /** Whether this is one of its addresses. */
    public boolean holds(String address) {
        int zone = address.indexOf('%');
        return address(zone < 0 ? address : address.substring(0, zone))
                .filter(one -> one.getClass() == first.getClass())
                .filter(one -> Arrays.equals(masked(one.getAddress()), first.getAddress()))
                .isPresent();
    }

    private byte[] masked(byte[] address) {
        byte[] kept = address.clone();
        for (int at = 0; at < kept.length; at++) {
            int left = Math.max(0, Math.min(8, bits - at * 8));
            kept[at] = (byte) (kept[at] & (0xFF << (8 - left)));
        }
        return kept;
    }

    /** Never asks anybody for what a name stands for. */
    private static Optional<InetAddress> address(String text) {
        if (!FOUR.matcher(text).matches() && !SIX.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            // An address of the fourth version that is written as one of the sixth is one of the fourth.
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException none) {
            return Optional.empty();
        }
    }

    private static InetAddress of(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
