package dev.drawbridge.process;

import dev.drawbridge.directory.AccountsNow;
import dev.drawbridge.directory.AccountsNow.WithPassword;
import dev.drawbridge.platform.Accounts;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.platform.SignInDetails;
import dev.drawbridge.platform.SignInThrottle;
import java.io.Serial;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.GroupQuery;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.db.DbGroupQueryImpl;
import org.camunda.bpm.engine.impl.identity.db.DbIdentityServiceProvider;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.GroupEntity;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.camunda.bpm.engine.impl.util.EncryptionUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.authentication.BadCredentialsException;

/**
 * The engine's accounts without its locks: those lock an account for everybody, so that a stranger who guesses keeps the
 * right person out. Who guesses is slowed down at the sign-in, before this. And with the groups that a person has when signed
 * in: what is shown to a role is shown to the groups behind it, whatever a company calls those.
 */
class Passwords extends DbIdentityServiceProvider {
    /** Counted apart from sign-ins: no account's name begins with it. */
    private static final String CHANGES = "\0";

    private final SignInThrottle throttle;
    private final ObjectProvider<AccountsNow> accounts;

    Passwords(SignInThrottle throttle, ObjectProvider<AccountsNow> accounts) {
        this.throttle = throttle;
        this.accounts = accounts;
    }

    /** What the engine asks when it looks for the tasks of a person's groups. */
    @Override
    public GroupQuery createGroupQuery() {
        return new GroupsNow(Context.getProcessEngineConfiguration().getCommandExecutorTxRequired(), accounts);
    }

    private static final class GroupsNow extends DbGroupQueryImpl {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient ObjectProvider<AccountsNow> accounts;

        GroupsNow(CommandExecutor engine, ObjectProvider<AccountsNow> accounts) {
            super(engine);
            this.accounts = accounts;
        }

        @Override
        public List<Group> executeList(CommandContext context, @Nullable Page page) {
            boolean asksForMore = id != null || ids != null || name != null || nameLike != null || type != null;
            if (userId == null || asksForMore) {
                return super.executeList(context, page);
            }
            Set<String> groups = accounts.getObject()
                    .now(userId)
                    .map(Accounts.Account::groups)
                    .orElse(Set.of());
            return groups.stream().sorted().<Group>map(GroupEntity::new).toList();
        }
    }

    /** Whether an account has this password, by what is kept of it: a reckoning that asks nobody. */
    static boolean fits(ProcessEngineConfigurationImpl engine, WithPassword account, String password) {
        return account.hash() != null
                && engine.getPasswordManager()
                        .check(EncryptionUtil.saltPassword(password, account.salt()), account.hash());
    }

    private boolean fits(String id, @Nullable String password) {
        if (password == null) {
            // What somebody sent need not name one.
            return false;
        }
        User user = findUserById(id);
        // Another spelling is another account.
        return user instanceof UserEntity account && account.getId().equals(id) && matchPassword(password, account);
    }

    /** The engine's own doors ask for one's own password, to change it. Asking for others' would let people guess them. */
    @Override
    public boolean checkPassword(String id, @Nullable String password) {
        SignIn asking = CurrentSignIn.find()
                .filter(signIn -> signIn.person().equals(id))
                .orElseThrow(() -> new AuthorizationException("Somebody else's password is checked when they sign in"));
        try {
            return throttle.attempt(CHANGES + id, new SignInDetails(asking.method(), asking.address()), () -> {
                if (!fits(id, password)) {
                    throw new BadCredentialsException("The password is not right.");
                }
                return true;
            });
        } catch (BadCredentialsException wrong) {
            return false;
        }
    }

    record Factory(SignInThrottle throttle, ObjectProvider<AccountsNow> accounts) implements SessionFactory {
        @Override
        public Class<?> getSessionType() {
            return Passwords.class;
        }

        @Override
        public Session openSession() {
            return new Passwords(throttle, accounts);
        }
    }
}
