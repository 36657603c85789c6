package dev.drawbridge.platform;

import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an identity provider's words are read here.
 *
 * @param secondFactorAcr the values of {@code acr} that stand for a second factor
 */
@ConfigurationProperties("drawbridge.sign-in")
record SignInSettings(
        @DefaultValue Claims claims, @DefaultValue Set<String> secondFactorAcr) {

    /**
     * Under which names the provider says what. Of several, the first that is there counts; none: the provider says nothing of it,
     * and it is recorded here.
     *
     * @param subject what the provider never gives to anybody else
     * @param person the id of the account here
     * @param groups all groups of the person, by the ids that they have here
     * @param manager the id of the account of who leads the person
     */
    record Claims(
            @DefaultValue("sub") List<String> subject,
            @DefaultValue("preferred_username") List<String> person,
            @DefaultValue("groups") List<String> groups,
            @DefaultValue("manager") List<String> manager,
            @DefaultValue("name") List<String> name,
            @DefaultValue("email") List<String> mail,
            @DefaultValue("zoneinfo") List<String> zone) {}
}
