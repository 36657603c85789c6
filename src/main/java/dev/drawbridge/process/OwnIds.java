package dev.drawbridge.process;

import dev.drawbridge.directory.AccountIds;
import dev.drawbridge.platform.Refusal;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.GroupQuery;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.IdentityServiceImpl;
import org.camunda.bpm.engine.impl.identity.db.DbGroupQueryImpl;

/** Makes accounts and groups under ids that nobody can misread, and says so where an id is none of them. */
class OwnIds extends IdentityServiceImpl {
    @Override
    public User newUser(String id) {
        return super.newUser(checked(id));
    }

    @Override
    public Group newGroup(String id) {
        return super.newGroup(checked(id));
    }

    /**
     * Who looks after accounts sees their groups as they are. The web applications, which ask with nobody's rights which groups
     * somebody who signs in has, and what those may do, are told them as a sign-in has them, by {@link Passwords}.
     */
    @Override
    public GroupQuery createGroupQuery() {
        return getCurrentAuthentication() == null
                ? super.createGroupQuery()
                : new DbGroupQueryImpl(getCommandExecutor());
    }

    private static String checked(String id) {
        if (!AccountIds.fits(id)) {
            throw EngineFailures.told(Refusal.ofField(Refusal.Kind.INVALID, "id", "invalid-id", AccountIds.SENTENCE));
        }
        return id;
    }
}
