package dev.drawbridge.platform;

/** People whom an identity provider vouches for, and the accounts that they have here. */
public interface PeopleElsewhere {
    /** An account, with what it is now. */
    record Known(String id, Accounts.Account account) {}

    /**
     * The account of this person, in which what the provider says of them stands from now on; who is seen first gets one. Refuses
     * with {@link Refusal.Kind#UNAUTHENTICATED} who has left, and whose name there is somebody else's here.
     */
    Known known(PersonTold person);
}
