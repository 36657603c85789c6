package dev.drawbridge.audit;

import dev.drawbridge.grant.AccessExtended;
import dev.drawbridge.grant.AccessGranted;
import dev.drawbridge.grant.CredentialRevealed;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.revocation.AccessRevoked;
import dev.drawbridge.revocation.AccessesRevoked;
import dev.drawbridge.revocation.RevocationFailing;
import dev.drawbridge.revocation.RevocationOrdered;
import dev.drawbridge.revocation.RevocationsFailing;
import dev.drawbridge.revocation.RevocationsOrdered;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What access was given, shown to its owner, prolonged, and taken away. */
@Component
class AccessOnRecord {
    private final Entries entries;
    private final Names names;

    AccessOnRecord(Entries entries, Names names) {
        this.entries = entries;
        this.names = names;
    }

    @EventListener
    void on(AccessGranted event) {
        entries.add(new Entry(
                "system",
                "access-granted",
                event.grant().requestId(),
                "Access was given as " + event.grant().principal() + " until "
                        + event.grant().expiresAt() + ".",
                Map.of(
                        "principal",
                        event.grant().principal(),
                        Entry.MOMENTS,
                        List.of(event.grant().expiresAt()))));
    }

    @EventListener
    void on(CredentialRevealed event) {
        entries.add(new Entry(
                event.actor(),
                "credential-revealed",
                event.grant().requestId(),
                names.who(event.actor()) + " revealed a fresh credential for "
                        + event.grant().principal() + "; any earlier one is void.",
                Map.of()));
    }

    @EventListener
    void on(AccessExtended event) {
        entries.add(new Entry(
                "system",
                "access-extended",
                event.grant().requestId(),
                "The access lasts until " + event.grant().expiresAt() + " now.",
                Map.of(
                        "extension",
                        event.extension(),
                        "expiresAt",
                        event.grant().expiresAt(),
                        Entry.MOMENTS,
                        List.of(event.grant().expiresAt()))));
    }

    @EventListener
    void on(RevocationsOrdered event) {
        event.each().forEach(ordered -> entries.add(ordered(ordered)));
    }

    private Entry ordered(RevocationOrdered event) {
        String note = event.note().isEmpty() ? "." : ": " + PlainText.quoted(event.note());
        String why = switch (event.reason()) {
            case EXPIRED -> "its time is over";
            case RETURNED -> names.who(event.actor()) + " handed it back";
            case REVOKED ->
                event.actor().equals("system")
                        ? "it is ended before its time"
                        : names.who(event.actor()) + " revoked it";
            case FAILED -> "it never became usable";
        };
        return new Entry(
                event.actor(),
                "revocation-ordered",
                event.requestId(),
                "The access has to end: " + why + note,
                Map.of("reason", event.reason()));
    }

    @EventListener
    void on(AccessesRevoked event) {
        event.each().forEach(revoked -> entries.add(revoked(revoked)));
    }

    private static Entry revoked(AccessRevoked event) {
        return new Entry(
                "system",
                "access-revoked",
                event.grant().requestId(),
                "The target confirmed the end: nobody can use the login "
                        + event.grant().principal() + " any more, and its sessions are gone.",
                Map.of("reason", event.reason(), "lag", event.lag()));
    }

    /** The first time, the second, the fourth and so on: a target that is down for days fills no record. */
    @EventListener
    void on(RevocationsFailing event) {
        event.each().stream()
                .filter(failing -> Integer.bitCount(failing.number()) == 1)
                .forEach(failing -> entries.add(failing(failing)));
    }

    private static Entry failing(RevocationFailing event) {
        return new Entry(
                "system",
                "revocation-failing",
                event.requestId(),
                "The access could not be ended yet (try " + event.number() + ") and is tried again: " + event.reason(),
                Map.of("number", event.number()));
    }
}
