package dev.drawbridge.publication;

import dev.drawbridge.platform.CannotStart;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/** Makes what files are read into, and puts it in force on this node. */
@Component
class Editions {
    private static final Logger log = LoggerFactory.getLogger(Editions.class);

    private final ConfigurableListableBeanFactory beans;
    private final PublicationInForce inForce;
    private final ApplicationEventPublisher events;

    Editions(ConfigurableListableBeanFactory beans, PublicationInForce inForce, ApplicationEventPublisher events) {
        this.beans = beans;
        this.inForce = inForce;
        this.events = events;
    }

    /** All that is made of these files, ready to be asked; throws where they do not hold what they should. */
    Edition prepared(PublishedFiles files) {
        if (inForce.latestHere().isPresent() && inForce.latest().hasTheRulesOf(files)) {
            return inForce.latest().with(files);
        }
        Edition edition = Edition.of(files);
        prepare(edition);
        return edition;
    }

    void prepare(Edition edition) {
        try {
            inForce.by(edition, () -> {
                parts().forEach(beans::getBean);
                return true;
            });
        } catch (BeansException wrapped) {
            // Around the sentence that says which file, and where.
            if (NestedExceptionUtils.getMostSpecificCause(wrapped) instanceof CannotStart said) {
                throw said;
            }
            throw wrapped;
        }
    }

    private List<String> parts() {
        return Arrays.stream(beans.getBeanDefinitionNames())
                .filter(name -> PublicationScope.NAME.equals(
                        beans.getBeanDefinition(name).getScope()))
                .toList();
    }

    /** In force from now on, here. */
    void takesEffect(Edition edition, Publication publication, TakesEffect.Cause cause) {
        Set<String> changed = changed(edition.files());
        if (!inForce.set(edition.as(publication))) {
            return;
        }
        try (PublicationInForce.Turn ignored = inForce.begin()) {
            events.publishEvent(new TakesEffect(publication, cause, changed));
        } catch (RuntimeException failed) {
            if (cause == TakesEffect.Cause.START) {
                throw failed;
            }
            // It is in force all the same; what follows from it is looked at again in rounds.
            log.warn("Not everything followed publication {} at once", publication.number(), failed);
        }
    }

    private Set<String> changed(PublishedFiles files) {
        Map<String, byte[]> before = inForce.latestHere().isEmpty()
                ? Map.of()
                : inForce.latest().files().byPath();
        Set<String> changed = new TreeSet<>(before.keySet());
        changed.addAll(files.byPath().keySet());
        changed.removeIf(path -> Arrays.equals(before.get(path), files.byPath().get(path)));
        return changed;
    }
}
