package dev.drawbridge.platform;

import java.util.Optional;
import java.util.Set;

/** The accounts as they are at this moment. */
public interface Accounts {
    /**
     * What an account is now.
     *
     * @param groups the groups it is in
     * @param generation which account of this id it is, with which credentials: another once an account of the same id is made
     *     anew, or the password, or whatever it signs in with, changes
     */
    record Account(Set<String> groups, String generation) {
        public Account {
            groups = Set.copyOf(groups);
        }
    }

    /** The account with exactly this id. */
    Optional<Account> now(String id);
}
