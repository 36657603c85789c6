package dev.drawbridge.process;

import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.auth.DefaultAuthorizationProvider;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.entitymanager.cache.CachedDbEntity;
import org.camunda.bpm.engine.impl.db.entitymanager.cache.DbEntityState;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.repository.Deployment;
import org.jspecify.annotations.Nullable;

/**
 * Gives nobody more because something was made: the engine would let people rename and delete their own account, which
 * approvers read, and let whoever published a process delete it with everything that runs on it.
 */
class LeastRights extends DefaultAuthorizationProvider {
    /** Their own name, for the head of each page. */
    @Override
    public AuthorizationEntity[] newUser(User user) {
        AuthorizationEntity own = new AuthorizationEntity(Authorization.AUTH_TYPE_GRANT);
        own.setUserId(user.getId());
        own.setResource(Resources.USER);
        own.setResourceId(user.getId());
        own.addPermission(Permissions.READ);
        return new AuthorizationEntity[] {own};
    }

    @Override
    public AuthorizationEntity[] newDeployment(Deployment deployment) {
        return new AuthorizationEntity[0];
    }

    /** A task that is being made has given nobody anything yet: there is nothing to look up. */
    @Override
    protected @Nullable AuthorizationEntity getGrantAuthorizationByUserId(
            String userId, Resource resource, String resourceId) {
        return isNewTask(resource, resourceId)
                ? null
                : super.getGrantAuthorizationByUserId(userId, resource, resourceId);
    }

    @Override
    protected @Nullable AuthorizationEntity getGrantAuthorizationByGroupId(
            String groupId, Resource resource, String resourceId) {
        return isNewTask(resource, resourceId)
                ? null
                : super.getGrantAuthorizationByGroupId(groupId, resource, resourceId);
    }

    private static boolean isNewTask(Resource resource, String id) {
        if (resource != Resources.TASK) {
            return false;
        }
        CachedDbEntity task = Context.getCommandContext()
                .getDbEntityManager()
                .getDbEntityCache()
                .getCachedEntity(TaskEntity.class, id);
        return task != null && task.getEntityState() == DbEntityState.TRANSIENT;
    }
}
