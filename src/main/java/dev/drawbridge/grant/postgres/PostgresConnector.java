package dev.drawbridge.grant.postgres;

import static dev.drawbridge.grant.postgres.Sql.quoted;
import static dev.drawbridge.grant.postgres.Sql.text;

import dev.drawbridge.grant.Access;
import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.Credential;
import dev.drawbridge.grant.Ended;
import dev.drawbridge.grant.Installation;
import dev.drawbridge.grant.Login;
import dev.drawbridge.grant.Place;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.springframework.stereotype.Component;

/**
 * A login role of its own for each grant: member of the entitlement's group role and nothing else, valid until the
 * grant's end. Needs no superuser.
 */
@Component
class PostgresConnector implements Connector {
    private static final String THERE = "select oid::text from pg_catalog.pg_roles where rolname = ?";

    private static final int MOST_ROUNDS = 3;

    private final PostgresTargets targets;
    private final PostgresLogins logins;
    private final Skew skew;
    private final Installation installation;
    private final SecureRandom random = new SecureRandom();

    PostgresConnector(PostgresTargets targets, Skew skew, Installation installation) {
        this.targets = targets;
        this.logins = new PostgresLogins(skew);
        this.skew = skew;
        this.installation = installation;
    }

    @Override
    public void provision(Access access) {
        on(access, target -> {
            new MakeLogin(target, access, installation.id()).inOneTransaction(end(target, access));
            return true;
        });
    }

    @Override
    public void extend(Access access) {
        on(access, target -> {
            if (target.values(THERE + " and rolcanlogin", access.principal()).isEmpty()) {
                throw new ConnectorException("The login " + access.principal() + " is not there, so its end stays.");
            }
            String end = end(target, access);
            target.inOneTransaction(session -> {
                session.execute("alter role " + quoted(access.principal()) + " valid until " + end);
                MakeLogin.sign(session, access, installation.id());
            });
            return true;
        });
    }

    @Override
    public Credential reveal(Access access) {
        return on(access, target -> {
            byte[] bytes = new byte[20];
            random.nextBytes(bytes);
            String password = HexFormat.of().formatHex(bytes);
            target.inOneTransaction(session -> {
                // The driver hashes it here, so that the server never sees it in a statement, and no log can hold it.
                session.connection()
                        .unwrap(PGConnection.class)
                        .alterUserPassword(access.principal(), password.toCharArray(), "scram-sha-256");
                MakeLogin.sign(session, access, installation.id());
            });
            String url = "postgresql://" + access.principal() + ":" + password + "@" + target.address();
            return new Credential(access.principal(), password, url, "psql '" + url + "'");
        });
    }

    @Override
    public Ended revoke(Access access) {
        return on(access, target -> {
            List<Ended.Cut> cut = new ArrayList<>();
            for (int round = 1; ; round++) {
                Optional<LoginState> unused = new StopUse(target, access.principal()).untilNobodyCan();
                if (unused.isEmpty()) {
                    return new Ended(List.of(), cut);
                }
                Ended ended = new ClearAway(target, access.principal(), unused.get(), installation.id()).run();
                cut.addAll(ended.cut());
                // Whatever was answered before: this is what counts.
                Optional<LoginState> left = LoginState.of(target.forALastLook(), access.principal());
                if (left.isEmpty() || left.get().isOver() && !ended.remnants().isEmpty()) {
                    return new Ended(ended.remnants(), cut);
                }
                // Whoever was being let in at the very moment that the login was shut has shown up since.
                if (round == MOST_ROUNDS) {
                    throw new ConnectorException(left.get().sentence());
                }
            }
        });
    }

    @Override
    public Set<UUID> revokeTogether(String system, Collection<Access> many) {
        if (!targets.isAlone(system)) {
            // Where they were made is for each by itself.
            return Set.of();
        }
        return targets.on(system, target -> {
            List<Access> here = many.stream()
                    .filter(access -> PostgresTargets.isSafeOn(target, access.place()))
                    .toList();
            Set<String> gone = new EndTogether(target)
                    .run(here.stream().map(Access::principal).toList());
            return here.stream()
                    .filter(access -> gone.contains(access.principal()))
                    .map(Access::requestId)
                    .collect(Collectors.toSet());
        });
    }

    @Override
    public Set<String> systems() {
        return targets.configured();
    }

    @Override
    public Set<String> namesOf(String system) {
        return targets.namesOf(system);
    }

    @Override
    public Optional<String> server(String system) {
        return targets.on(system, Session::server);
    }

    @Override
    public Optional<String> serverAtHand(String system) {
        return targets.serverAtHand(system);
    }

    @Override
    public Same isOn(String system, Place place) {
        return targets.isOn(system, place);
    }

    @Override
    public Same isReached(Place place) {
        return targets.isReached(place);
    }

    @Override
    public List<Login> inventory(String system, Stretch of) {
        return targets.on(system, target -> logins.ofInstallation(target, installation.id(), of));
    }

    @Override
    public Optional<Login> find(Access access) {
        return on(access, target -> logins.named(target, access.principal()));
    }

    @Override
    public Duration skew(String system) {
        return targets.on(system, skew::of);
    }

    private String end(Session target, Access access) throws SQLException {
        return text(skew.there(target, access.expiresAt()).toString());
    }

    private <T> T on(Access access, PostgresTargets.Work<T> work) {
        return targets.at(access.place(), work);
    }
}
