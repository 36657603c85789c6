package dev.drawbridge.catalog;

import java.time.Duration;
import java.util.Set;

/**
 * Something that can be asked for, as {@code rules/catalog.yaml} describes it.
 *
 * @param id its public name, such as {@code orders-read}
 * @param name a few words for people
 * @param description what one can do with it, a sentence
 * @param resource the thing it opens, such as {@code orders}
 * @param level what it lets one do
 * @param sensitivity how much harm it can do
 * @param environment such as {@code production}
 * @param personalData whether it reaches personal data of customers (masked or not)
 * @param masked whether personal columns are masked
 * @param limit the longest duration that may be asked for
 * @param requesters groups whose members may ask for it
 * @param owners groups whose members own the resource
 * @param target where it is granted: {@code database} of a configured target and the group {@code role} there
 */
public record Entitlement(
        String id,
        String name,
        String description,
        String resource,
        AccessLevel level,
        Sensitivity sensitivity,
        String environment,
        boolean personalData,
        boolean masked,
        Duration limit,
        Set<String> requesters,
        Set<String> owners,
        Target target) {

    /**
     * Where an entitlement is granted.
     *
     * @param system the name of a configured target, {@code drawbridge.targets.<system>}
     * @param role the group role that is handed out there
     */
    public record Target(String system, String role) {}
}
