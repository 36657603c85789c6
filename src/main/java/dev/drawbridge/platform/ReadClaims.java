package dev.drawbridge.platform;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Reads what an identity provider says of a person, by the names under which it says it. */
@Component
class ReadClaims {
    /** What a group of Keycloak is called with its path. */
    private static final String PATH = "/";

    private final SignInSettings settings;

    ReadClaims(SignInSettings settings) {
        this.settings = settings;
    }

    /** Refuses what is no person's, and what does not say who the person is. {@code at}: when it was said. */
    PersonTold person(String issuer, Said said, Instant at) {
        requireAPerson(said);
        SignInSettings.Claims claims = settings.claims();
        return new PersonTold(
                issuer,
                said.text(claims.subject())
                        .orElseThrow(() -> missing("who the person is for the provider", claims.subject())),
                said.text(claims.person()).orElseThrow(() -> missing("the person's account", claims.person())),
                groups(said),
                said.text(claims.manager()),
                said.text(claims.name()),
                said.text(claims.mail())
                        .filter(mail -> !Boolean.FALSE.equals(said.claims().get("email_verified"))),
                said.text(claims.zone()),
                at);
    }

    boolean isSecondFactorShown(Said said) {
        return Factors.isSecondShown(said, settings.secondFactorAcr());
    }

    /** A group by its path is that group alone: one of the same name further down is another. */
    private Optional<Set<String>> groups(Said said) {
        List<String> names = settings.claims().groups();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        requireAllGroups(said, names);
        return Optional.of(names.stream()
                .filter(said::has)
                .findFirst()
                .map(name -> said.texts(name).stream()
                        .map(group -> group.startsWith(PATH) ? group.substring(1) : group)
                        .collect(Collectors.toSet()))
                .orElse(Set.of()));
    }

    /** Of whom has many groups, Entra ID says where to ask for them instead of saying them: what is not said is not none. */
    private static void requireAllGroups(Said said, List<String> names) {
        boolean elsewhere = said.claims().get("_claim_names") instanceof java.util.Map<?, ?> others
                && names.stream().anyMatch(others::containsKey);
        if (elsewhere || said.has("hasgroups")) {
            throw new TokenRefused(
                    "too-many-groups",
                    "The identity provider did not say which groups you are in, since there are too many; it can be set up to"
                            + " name those alone that are assigned to this application.");
        }
    }

    /**
     * What a program says for itself, or does in somebody's name, is not that person. The signs are those of RFC 8693 and 9068,
     * and of the providers: a client that is its own subject, {@code idtyp}, {@code gty}, and Keycloak's accounts of services.
     */
    private void requireAPerson(Said said) {
        Optional<String> subject = said.text("sub");
        boolean itsOwn = subject.isPresent()
                && List.of("client_id", "azp", "cid", "appid").stream()
                        .map(said::text)
                        .anyMatch(subject::equals);
        boolean program = itsOwn
                || said.has("act")
                || said.text("idtyp").filter("app"::equals).isPresent()
                || said.text("gty").filter(kind -> kind.contains("client")).isPresent()
                || said.text(settings.claims().person())
                        .filter(id -> id.startsWith("service-account-"))
                        .isPresent();
        if (program) {
            throw new TokenRefused(
                    "not-a-person",
                    "This sign-in is that of a program, or of an agent that works for somebody; only people sign in here.");
        }
    }

    private static TokenRefused missing(String what, List<String> names) {
        return new TokenRefused(
                "missing-claim",
                "The identity provider did not say " + what + " (" + String.join(", ", names)
                        + "); whoever runs it can add that.");
    }
}
