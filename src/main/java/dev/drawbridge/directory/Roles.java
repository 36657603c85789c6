package dev.drawbridge.directory;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which groups of the directory look after this product. Everywhere else a role goes by one name, whatever the groups are
 * called; a group that happens to have a role's name gives nobody that role, unless it is named here.
 *
 * @param operators see what is open and what failed, revoke
 * @param security revoke, and read the whole record
 * @param auditors read the whole record
 * @param processOwners publish processes and rules
 * @param administrators record who leads whom, and memberships with an end
 */
@ConfigurationProperties("drawbridge.roles")
record Roles(
        @DefaultValue("operators") Set<String> operators,
        @DefaultValue("security") Set<String> security,
        @DefaultValue("auditors") Set<String> auditors,
        @DefaultValue("process-owners") Set<String> processOwners,
        @DefaultValue({"administrators", "camunda-admin"}) Set<String> administrators) {

    private Map<String, Set<String>> byName() {
        Map<String, Set<String>> roles = new LinkedHashMap<>();
        roles.put("operators", operators);
        roles.put("security", security);
        roles.put("auditors", auditors);
        roles.put("process-owners", processOwners);
        roles.put("administrators", administrators);
        return roles;
    }

    /** The groups of somebody whom the directory has in these: roles by their names, all others as they are. */
    Set<String> within(Collection<String> groups) {
        Set<String> within = new TreeSet<>(groups);
        within.removeAll(byName().keySet());
        byName().forEach((role, held) -> {
            if (groups.stream().anyMatch(held::contains)) {
                within.add(role);
            }
        });
        return Set.copyOf(within);
    }

    /** By role, the groups that it names and that are not among these; one of several that are meant for it is enough. */
    Map<String, Set<String>> missing(Set<String> known) {
        Map<String, Set<String>> missing = new LinkedHashMap<>();
        byName().forEach((role, groups) -> {
            if (groups.stream().noneMatch(known::contains)) {
                missing.put(role, new TreeSet<>(groups));
            }
        });
        return missing;
    }

    /** The directory's groups whose members are the members of this one. */
    Set<String> behind(String group) {
        return byName().getOrDefault(group, Set.of(group));
    }
}
