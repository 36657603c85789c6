package dev.drawbridge.console;

import dev.drawbridge.audit.RecordReaders;
import dev.drawbridge.catalog.Offer;
import dev.drawbridge.deputies.Approvers;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.process.ProcessNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What a person may do here. */
@Component
class Abilities {
    private static final String COCKPIT = "/camunda/app/cockpit/default/";
    private static final String ADMIN = "/camunda/app/admin/default/";

    private final Offer offer;
    private final Approvers approvers;

    Abilities(Offer offer, Approvers approvers) {
        this.offer = offer;
        this.approvers = approvers;
    }

    /** Something a person may do here, and the way to it. */
    public record Ability(String title, String text, String href) {}

    boolean asks(Directory.Person person) {
        return !offer.to(person.groups()).isEmpty();
    }

    boolean answers(Directory.Person person) {
        return approvers.isOne(person);
    }

    /** {@code answers}: whether anything waits for them, or could. */
    List<Ability> of(Directory.Person person, boolean answers) {
        Set<String> groups = person.groups();
        List<Ability> abilities = new ArrayList<>();
        if (asks(person)) {
            abilities.add(new Ability(
                    "Ask for access",
                    "Choose what you need, for how long and why. You see what will happen before you send it.",
                    StartPage.TASKLIST + "#/?processStart=" + ProcessNames.ACCESS_REQUEST));
        }
        if (answers) {
            abilities.add(new Ability(
                    "Answer requests",
                    "Requests that wait for you are under “My approvals” in Tasklist.",
                    StartPage.TASKLIST));
        }
        if (groups.stream().anyMatch(Set.of("operators", "security", "auditors")::contains)) {
            abilities.add(new Ability(
                    "Open access",
                    "Everybody's access at this moment; what is late or could not be ended comes first.",
                    "/operations"));
        }
        if (RecordReaders.mayRead(groups)) {
            abilities.add(new Ability(
                    "Record",
                    "Who had what, when and why, who agreed, and under which rules; searched, answered, exported.",
                    "/record"));
        }
        if (groups.stream().anyMatch(Set.of("operators", "auditors", "process-owners")::contains)) {
            abilities.add(new Ability(
                    "Guardrails",
                    "What every request is held against; what changed when, and the way to change it.",
                    "/guardrails"));
            abilities.add(
                    new Ability("Look into the processes", "Running instances and incidents, in Cockpit.", COCKPIT));
        }
        if (groups.contains("camunda-admin")) {
            abilities.add(new Ability("Manage accounts", "People, and the groups they belong to.", ADMIN));
        }
        if (groups.contains("administrators")) {
            abilities.add(new Ability(
                    "People",
                    "Who leads whom, who answers for whom, and who is in which group until when.",
                    "/people"));
        }
        if (groups.contains("operators")) {
            abilities.add(new Ability("Check the service", "Health and metrics of this node.", "/actuator/health"));
        }
        return abilities;
    }
}
