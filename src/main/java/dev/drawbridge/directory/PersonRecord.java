package dev.drawbridge.directory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What administrators record of a person.
 *
 * @param managers ids, in the order in which they are asked
 * @param sponsor who answers for somebody from outside
 * @param groups in the order of their ids
 * @param left whether the person has left: then they sign in no more, are asked no more, and hold nothing
 * @param gone those of the people named here who have left, or whose account is gone
 * @param account which account of this id it is
 */
public record PersonRecord(
        String id,
        String name,
        @Nullable Employment employment,
        List<String> managers,
        @Nullable String sponsor,
        @Nullable String mentor,
        List<Membership> groups,
        boolean left,
        List<String> gone,
        String account) {
    private static final int CHARACTERS = 16;

    public PersonRecord {
        managers = List.copyOf(managers);
        groups = List.copyOf(groups);
        gone = List.copyOf(gone);
    }

    /**
     * That somebody is in a group.
     *
     * @param until when it ends by itself; none: it does not
     */
    public record Membership(
            String group, String name, @Nullable Instant until) {}

    /** Whether the person is in this group, and until when. */
    public Optional<Membership> membership(String group) {
        return groups.stream().filter(one -> one.group().equals(group)).findFirst();
    }

    /**
     * Says of two readings whether anything differs that could be changed here, or by whichever other way: who of those named is
     * gone, too, since an account that is made anew has the id of the one that was read.
     */
    public String version() {
        List<String> memberships =
                groups.stream().map(one -> one.group() + " " + one.until()).toList();
        // No id holds a blank or a comma.
        String all = Stream.of(account, employment, managers, sponsor, mentor, memberships, left, gone)
                .map(String::valueOf)
                .toList()
                .toString();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, CHARACTERS / 2));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The same, with other managers. */
    PersonRecord ledBy(List<String> others) {
        return new PersonRecord(id, name, employment, others, sponsor, mentor, groups, left, gone, account);
    }

    /** Whether nothing differs. */
    boolean says(PersonRecord other) {
        return version().equals(other.version());
    }
}
