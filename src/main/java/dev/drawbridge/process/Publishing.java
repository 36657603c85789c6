package dev.drawbridge.process;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.RefusedAttempt;
import dev.drawbridge.platform.SignIn;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.RepositoryServiceImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.camunda.bpm.engine.impl.repository.DeploymentBuilderImpl;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.DeploymentWithDefinitions;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;

/** Puts on record what is published, in the transaction that does it, and what is refused. */
class Publishing {
    private static final int SHOWN = 20;
    /** Of the reason and of the names: what says which files they were stays on record, however long those are. */
    private static final int LONGEST = 400;

    private static final ThreadLocal<@Nullable Boolean> WHOLE = new ThreadLocal<>();

    private final ApplicationEventPublisher events;

    Publishing(ApplicationEventPublisher events) {
        this.events = events;
    }

    /** Comes after all others who have a say in a deployment. */
    Deployer onRecord() {
        return deployment -> {
            // What was published earlier is read again at times: that is nothing new.
            if (deployment.isNew()) {
                SortedMap<String, byte[]> files = files(deployment);
                events.publishEvent(new ProcessesPublished(
                        actor(), deployment.getId(), digest(files), files, definition(deployment)));
            }
        };
    }

    private static @Nullable String definition(DeploymentEntity deployment) {
        List<ProcessDefinitionEntity> deployed = deployment.getDeployedArtifacts(ProcessDefinitionEntity.class);
        return deployed == null
                ? null
                : deployed.stream()
                        .filter(process -> ProcessNames.ACCESS_REQUEST.equals(process.getKey()))
                        .map(ProcessDefinitionEntity::getId)
                        .findFirst()
                        .orElse(null);
    }

    /** Deploys all that is published, in one: nothing is to be added to it, or told apart from what it replaces. */
    static <T> T whole(Supplier<T> deploying) {
        WHOLE.set(true);
        try {
            return deploying.get();
        } finally {
            WHOLE.remove();
        }
    }

    private static boolean isSentByAPerson() {
        return WHOLE.get() == null && CurrentSignIn.find().isPresent();
    }

    /** The engine's own door, at which a refusal is put on record and told as it is. */
    RepositoryServiceImpl door() {
        return new RepositoryServiceImpl() {
            @Override
            public DeploymentBuilder createDeployment() {
                return isSentByAPerson() ? new Sent(this) : super.createDeployment();
            }

            @Override
            public DeploymentWithDefinitions deployWithResult(DeploymentBuilderImpl builder) {
                try {
                    if (builder.getProcessDefinitionsActivationDate() != null) {
                        throw NotPublished.because("what is published is live at once, and at no other time");
                    }
                    if (isSentByAPerson()) {
                        requireNotTheFolder(builder.getDeployment());
                        CommandExecutor engine = getCommandExecutor();
                        new SentFiles(
                                        builder.getDeployment(),
                                        path -> engine.execute(context -> LiveForms.find(context, path)))
                                .complete();
                    }
                    return super.deployWithResult(builder);
                } catch (Refusal refused) {
                    Refusals.tell(refused);
                    events.publishEvent(new RefusedAttempt(
                            actor(), refused.code(), sentence(refused, builder.getDeployment()), null));
                    throw refused;
                }
            }
        };
    }

    /**
     * What a person sends is published as it is: Modeler asks for no more than what has changed since it last sent something, but
     * a process finds its forms with itself alone, and what was sent last need not be what is live.
     */
    private static final class Sent extends DeploymentBuilderImpl {
        @Serial
        private static final long serialVersionUID = 1L;

        Sent(RepositoryServiceImpl door) {
            super(door);
        }

        @Override
        public boolean isDuplicateFilterEnabled() {
            return false;
        }
    }

    /** By its source the folder is known again at the next start. */
    private static void requireNotTheFolder(DeploymentEntity sent) {
        if (LiveForms.FOLDER.equals(sent.getSource())) {
            throw NotPublished.because("the source '" + LiveForms.FOLDER + "' is that of the server's own folder");
        }
    }

    private static String actor() {
        return CurrentSignIn.find().map(SignIn::person).orElse("system");
    }

    private static String sentence(Refusal refused, DeploymentEntity deployment) {
        Map<String, byte[]> files = files(deployment);
        return atMost(refused.sentence()) + " (Files: "
                + atMost(files.keySet().stream()
                        .limit(SHOWN)
                        .map(NotPublished::shown)
                        .collect(Collectors.joining(", ")))
                + (files.size() > SHOWN ? " and " + (files.size() - SHOWN) + " more" : "") + "; SHA-256 "
                + digest(files) + ")";
    }

    private static String atMost(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static SortedMap<String, byte[]> files(DeploymentEntity deployment) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (ResourceEntity resource : deployment.getResources().values()) {
            files.put(resource.getName(), resource.getBytes());
        }
        return files;
    }

    /** Each part with its length before it: no two sets of files read the same. */
    static String digest(Map<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, content) -> {
                byte[] called = name.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(called.length).flip());
                digest.update(called);
                digest.update(ByteBuffer.allocate(Integer.BYTES)
                        .putInt(content.length)
                        .flip());
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
