package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Network;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;

/** Addresses that tell networks apart. Networks lie within one another, or apart: where one begins or has ended says it all. */
final class Addresses {
    private Addresses() {}

    /** The first address of a network, and the one after its last. */
    static List<String> edges(Network network) {
        byte[] first = network.first().getAddress();
        BigInteger number = new BigInteger(1, first);
        BigInteger after = number.add(BigInteger.ONE.shiftLeft(first.length * 8 - network.bits()));
        return List.of(text(number, first.length), text(after, first.length));
    }

    /** The same address, written otherwise, and the one after it; nothing for what is no address. */
    static List<String> around(String address) {
        List<String> around = new ArrayList<>();
        for (String bits : List.of("/32", "/128")) {
            try {
                around.addAll(edges(Network.parse(address + bits)));
                around.add("::ffff:" + address);
            } catch (DateTimeException none) {
                // It may be one of the other kind, or any text.
            }
        }
        return around;
    }

    private static String text(BigInteger number, int length) {
        byte[] digits = number.toByteArray();
        byte[] bytes = new byte[length];
        // Behind the last address there is the first one.
        for (int at = 1; at <= Math.min(length, digits.length); at++) {
            bytes[length - at] = digits[digits.length - at];
        }
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
