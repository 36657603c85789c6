package dev.drawbridge.publication;

import dev.drawbridge.platform.CannotStart;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
        Optional<Edition> same =
                inForce.latestHere().map(here -> inForce.latest()).filter(here -> here.hasTheRulesOf(files));
        if (same.isPresent()) {
            return same.get().with(files);
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

    /** In force from now on, here. Whoever published it carries out what follows, although a follower may have been first. */
    void takesEffect(Edition edition, Publication publication, TakesEffect.Cause cause, PublishedFiles before) {
        if (inForce.set(edition.as(publication)) || cause == TakesEffect.Cause.PUBLISHED_HERE) {
            tell(publication, cause, changed(before, edition.files()));
        }
    }

    /** What counts from now on here, as the record has it; nothing where something else has come meanwhile. */
    void follow(Here before, Here next) {
        if (inForce.replace(before, next) && before.live() != next.live()) {
            log.info("Publication {} is in force.", next.publication().number());
            tell(
                    next.publication(),
                    TakesEffect.Cause.PUBLISHED_ELSEWHERE,
                    changed(before.live().files(), next.live().files()));
        }
    }

    private void tell(Publication publication, TakesEffect.Cause cause, Set<String> changed) {
        try (PublicationInForce.Turn ignored = inForce.begin()) {
            events.publishEvent(new TakesEffect(publication, cause, changed));
        } catch (RuntimeException failed) {
            if (cause == TakesEffect.Cause.START) {
                throw failed;
            }
            // It is in force all the same; the next start carries out what did not follow.
            log.warn("Not everything followed publication {} at once", publication.number(), failed);
        }
    }

    private static Set<String> changed(PublishedFiles then, PublishedFiles now) {
        Set<String> changed = new TreeSet<>(then.byPath().keySet());
        changed.addAll(now.byPath().keySet());
        changed.removeIf(
                path -> Arrays.equals(then.byPath().get(path), now.byPath().get(path)));
        return changed;
    }
}
