package dev.drawbridge.revocation;

import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.Grant;
import dev.drawbridge.grant.Grants;
import dev.drawbridge.grant.Login;
import dev.drawbridge.revocation.Discrepancy.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Holds the login of a live grant against what was granted, and makes it that again; where it cannot, the access ends. */
@Component
class SetRight {
    private static final Logger log = LoggerFactory.getLogger(SetRight.class);
    /** Two clocks are told apart by the second. */
    private static final Duration ONE_CLOCK = Duration.ofSeconds(2);

    private static final Instant FOR_EVER = Instant.parse("9999-12-31T00:00:00Z");

    private final Connector connector;
    private final Grants grants;
    private final EndAccess end;
    private final Discrepancies discrepancies;
    private final Clock clock;

    SetRight(Connector connector, Grants grants, EndAccess end, Discrepancies discrepancies, Clock clock) {
        this.connector = connector;
        this.grants = grants;
        this.end = end;
        this.discrepancies = discrepancies;
        this.clock = clock;
    }

    boolean isSound(Grant grant, @Nullable Login login) {
        return login != null
                && isUsable(grant, login)
                && widening(grant, login).isEmpty()
                && !isPushedOut(grant, login)
                && !login.touched();
    }

    /** Looks once more, since it looked wrong from afar only; under the request's lock. */
    Optional<Discrepancy> setRight(UUID request) {
        Grant grant = grants.find(request).orElseThrow();
        if (!grants.isLive(request)) {
            return Optional.empty();
        }
        Login login = connector.find(grant.access()).orElse(null);
        if (isSound(grant, login)) {
            return Optional.empty();
        }
        if (login == null || !isUsable(grant, login)) {
            // Whoever took it away may have had a reason: it is not made anew.
            return Optional.of(ended(
                    grant,
                    found(
                            grant,
                            Kind.MISSING_LOGIN,
                            "The login " + grant.principal()
                                    + " of a live grant is gone, or no longer what was granted."),
                    "Its login was removed on the target, or can no longer use what was granted."));
        }
        Discrepancy different = difference(grant, login);
        if (isSetRight(grant)) {
            discrepancies.settled(different, "It was set back to what was granted.");
            return Optional.of(different);
        }
        return Optional.of(
                ended(grant, different, "The login could do more than was granted, and that could not be taken back."));
    }

    private Discrepancy ended(Grant grant, Discrepancy found, String why) {
        end.order(grant.requestId(), Reason.REVOKED, "system", why);
        discrepancies.settled(found, "The grant is ended.");
        return found;
    }

    private static boolean isUsable(Grant grant, Login login) {
        return login.usable() && login.isMemberOf(grant.place().role());
    }

    private static boolean isPushedOut(Grant grant, Login login) {
        return login.validUntil() == null
                || login.validUntil().isAfter(grant.expiresAt().plus(ONE_CLOCK));
    }

    private static String widening(Grant grant, Login login) {
        List<String> more = new ArrayList<>();
        login.rolesBeside(grant.place().role()).forEach(role -> more.add("is a member of " + role));
        more.addAll(login.rights());
        return String.join("; ", more);
    }

    /** What a target calls infinity is a year of ten digits here. */
    private static String until(@Nullable Instant end) {
        return end == null || end.isAfter(FOR_EVER) ? "for ever" : "until " + end;
    }

    private Discrepancy difference(Grant grant, Login login) {
        String more = widening(grant, login);
        if (!more.isEmpty()) {
            return found(grant, Kind.WIDENED, "The login " + grant.principal() + " " + more + ".");
        }
        if (isPushedOut(grant, login)) {
            return found(
                    grant,
                    Kind.END_PUSHED_OUT,
                    "The login " + grant.principal() + " would last " + until(login.validUntil()) + " instead of until "
                            + grant.expiresAt() + ".");
        }
        return found(
                grant,
                Kind.TOUCHED,
                "The login " + grant.principal()
                        + " was changed by somebody else, mostly its holder, who gave it another"
                        + " password. It has none now, and is to be revealed anew.");
    }

    private boolean isSetRight(Grant grant) {
        try {
            connector.provision(grant.access());
            return isSound(grant, connector.find(grant.access()).orElse(null));
        } catch (ConnectorException cannot) {
            log.warn("The login {} could not be set right: {}", grant.principal(), cannot.getMessage());
            return false;
        }
    }

    private Discrepancy found(Grant grant, Kind kind, String sentence) {
        return discrepancies.found(new Discrepancy(
                UUID.randomUUID(),
                grant.place().system(),
                grant.principal(),
                grant.requestId(),
                kind,
                sentence,
                null,
                clock.instant()));
    }
}
