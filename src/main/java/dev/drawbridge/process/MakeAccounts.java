package dev.drawbridge.process;

import dev.drawbridge.directory.NewAccounts;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Makes accounts in the engine, with the rights that each account has there. */
@Component
class MakeAccounts implements NewAccounts {
    private final IdentityService identities;
    private final Acting acting;

    MakeAccounts(@Lazy IdentityService identities, Acting acting) {
        this.identities = identities;
        this.acting = acting;
    }

    @Override
    public void make(String id) {
        acting.asEngine(() -> {
            User made = identities.newUser(id);
            // Until somebody says what the person is called: Tasklist shows what is missing as "null".
            made.setFirstName(id);
            made.setLastName("");
            identities.saveUser(made);
        });
    }
}
