package dev.drawbridge.process;

import jakarta.annotation.PostConstruct;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Component;

/** The accounts to try the product with; only with the embedded database, never beside real data. */
@Component
@ConditionalOnExpression("'${spring.datasource.url:}' == ''")
public class DemoAccounts {
    private static final List<DemoAccount> ACCOUNTS = List.of(
            new DemoAccount("engineer", "Erin", "Engineer", "asks for access", "manager", List.of("engineers")),
            new DemoAccount("engineer2", "Emil", "Engineer", "asks for access", "manager", List.of("engineers")),
            new DemoAccount(
                    "contractor",
                    "Casey",
                    "Contractor",
                    "asks for access, within tighter bounds",
                    "manager",
                    List.of("contractors")),
            new DemoAccount("manager", "Mara", "Manager", "approves for her team", "", List.of("managers")),
            new DemoAccount(
                    "manager2",
                    "Milo",
                    "Manager",
                    "approves where nobody's own manager is known",
                    "",
                    List.of("managers")),
            new DemoAccount("owner", "Olga", "Owner", "owns the orders database", "", List.of("orders-owners")),
            new DemoAccount("owner2", "Omar", "Owner", "owns the orders database", "", List.of("orders-owners")),
            new DemoAccount(
                    "security", "Sami", "Security", "approves critical access, revokes", "", List.of("security")),
            new DemoAccount(
                    "security2", "Sina", "Security", "approves critical access, revokes", "", List.of("security")),
            new DemoAccount(
                    "process-owner", "Pia", "Process", "changes processes and rules", "", List.of("process-owners")),
            new DemoAccount("auditor", "Aki", "Auditor", "reads the whole record", "", List.of("auditors")),
            new DemoAccount("operator", "Otto", "Operator", "keeps it running, revokes", "", List.of("operators")),
            new DemoAccount(
                    "administrator",
                    "Ada",
                    "Administrator",
                    "records managers and memberships",
                    "",
                    List.of("administrators")));

    private final IdentityService identities;
    private final EngineRights rights;

    DemoAccounts(IdentityService identities, EngineRights rights) {
        this.identities = identities;
        this.rights = rights;
    }

    /**
     * One account; its password is its id.
     *
     * @param role what the account is for, a few words
     */
    public record DemoAccount(
            String id, String firstName, String lastName, String role, String manager, List<String> groups) {
        public String name() {
            return firstName + " " + lastName;
        }
    }

    public List<DemoAccount> all() {
        return ACCOUNTS;
    }

    @PostConstruct
    void create() {
        ACCOUNTS.stream()
                .filter(account ->
                        identities.createUserQuery().userId(account.id()).count() == 0)
                .forEach(this::create);
    }

    private void create(DemoAccount account) {
        User user = identities.newUser(account.id());
        user.setFirstName(account.firstName());
        user.setLastName(account.lastName());
        user.setEmail(account.id() + "@example.com");
        user.setPassword(account.id());
        identities.saveUser(user);
        account.groups().forEach(group -> {
            rights.ensureGroup(group);
            identities.createMembership(account.id(), group);
        });
        if (!account.manager().isEmpty()) {
            identities.setUserInfo(account.id(), "manager", account.manager());
        }
    }
}
