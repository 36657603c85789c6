package dev.drawbridge.publication;

import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** How a publication gets on: tried out in the shadow or on some people, agreed to, put in force, withdrawn, gone back to. */
@Component
public class PublicationStages {
    /**
     * What a trial on some people may have of its own. What can be asked for, and how tickets are written, is the same for all: access
     * to what is in force nowhere else would end at once.
     */
    private static final Pattern OF_A_CANARY = Pattern.compile(
            "rules/(?:.+\\.drl|.+\\.csv|.+\\.cases\\.yaml|levels\\.yaml|calendar\\.yaml|parameters\\.yaml|invariants\\.yaml)");

    private static final String SECURITY = "security";

    private final PublicationDesk desk;
    private final NumberedPublications publications;
    private final Trials trials;
    private final Agreement agreement;
    private final Directory people;

    PublicationStages(
            PublicationDesk desk,
            NumberedPublications publications,
            Trials trials,
            Agreement agreement,
            Directory people) {
        this.desk = desk;
        this.publications = publications;
        this.trials = trials;
        this.agreement = agreement;
        this.people = people;
    }

    /** Whether this person may put it in force, which is proposed or on trial. */
    public boolean mayPutInForce(SignIn who, Life life) {
        return desk.mayPublish(who)
                && !(agreement.isRequired() && life.publication().author().equals(who.person()));
    }

    /** Whether this person may put in force what was so before. */
    public boolean mayGoBack(SignIn who) {
        return desk.mayPublish(who) || isSecurity(who);
    }

    /**
     * Puts a publication in force: a proposal as it is, which somebody else than its author does where that is required; an earlier one
     * once more, under a number of its own. Ends a trial where it is in force already. Security may go back alone, and not forward.
     *
     * @return the number by which it is known then
     */
    public Life live(SignIn who, long number, String note) {
        return attempt(who, note, () -> {
            Life life = desk.known(number);
            switch (life.stage()) {
                case LIVE -> {
                    Optional<Step> trial = trials.now();
                    if (trial.isEmpty()) {
                        desk.requireOwner(who);
                    }
                    requireOwnerOrSecurity(who);
                    trial.ifPresent(over -> trials.end(over.number(), who.person(), note));
                    return desk.known(number);
                }
                case PAST -> {
                    requireOwnerOrSecurity(who);
                    return oncemore(who, number, note);
                }
                case WITHDRAWN -> throw withdrawn(number);
                default -> {
                    desk.requireOwner(who);
                    requireAnother(who, life);
                    return putInForce(who, life, note);
                }
            }
        });
    }

    /** What was in force once is so under a number of its own, by the agreement that this takes now; what never was, as it is. */
    private Life putInForce(SignIn who, Life life, String note) {
        return life.hasBeenLive() ? oncemore(who, life.publication().number(), note) : desk.putInForce(who, life, note);
    }

    /** Security goes back alone; a process owner proposes it, where another one must agree. */
    private Life oncemore(SignIn who, long number, String note) {
        boolean isAlone = isSecurity(who) && isBack(number);
        if (!isAlone && !desk.mayPublish(who)) {
            throw Refusal.of(
                    Refusal.Kind.FORBIDDEN,
                    "not-for-you",
                    "Alone, security may go back to what was in force before, and not forward: a process owner does that.");
        }
        return desk.goneBack(who, number, note, agreement.isRequired() && !isAlone);
    }

    /** Says yes or no, as somebody else than the author, to what is proposed or on trial: yes puts it in force. */
    public Life agree(SignIn who, long number, boolean yes, String comment) {
        return answered(who, number, yes, comment, life -> desk.putInForce(who, life, comment));
    }

    /** As {@link #agree}, within a transaction of the engine's: yes puts it in force in a moment, since what that takes comes after. */
    void agreeWithin(SignIn who, long number, boolean yes, String comment) {
        answered(who, number, yes, comment, life -> {
            trials.agreed(life, who.person(), comment);
            return life;
        });
    }

    private Life answered(SignIn who, long number, boolean yes, String comment, UnaryOperator<Life> onYes) {
        return attempt(who, comment, () -> {
            desk.requireOwner(who);
            Life life = desk.known(number);
            if (life.stage() != Stage.PROPOSED && !life.stage().isTrial() || yes && life.hasBeenLive()) {
                throw Refusal.of(
                        Refusal.Kind.CONFLICT,
                        "nothing-to-agree-to",
                        "Publication " + number + " is not proposed"
                                + (life.stage() == Stage.LIVE ? ": it is in force." : " any more."));
            }
            if (life.publication().author().equals(who.person())) {
                throw byTheAuthor();
            }
            if (yes) {
                return onYes.apply(life);
            }
            trials.end(number, who.person(), comment);
            return desk.known(number);
        });
    }

    /** Takes back what is proposed, or ends its trial. */
    public Life withdraw(SignIn who, long number, String note) {
        return attempt(who, note, () -> {
            requireOwnerOrSecurity(who);
            Life life = desk.known(number);
            if (life.stage() != Stage.PROPOSED && !life.stage().isTrial()) {
                throw Refusal.of(
                        Refusal.Kind.CONFLICT,
                        "nothing-to-withdraw",
                        "Publication " + number + " is neither proposed nor on trial.");
            }
            trials.end(number, who.person(), note);
            return desk.known(number);
        });
    }

    /** Lets it judge beside what is in force: what it would have said otherwise is put on record. */
    public Life shadow(SignIn who, long number, String note) {
        return attempt(who, note, () -> {
            desk.requireOwner(who);
            Life life = aside(who, desk.known(number));
            requireDifferentRules(life);
            trials.begin(life.publication(), Stage.SHADOW, Cohort.NOBODY, null, who.person(), note);
            return desk.known(life.publication().number());
        });
    }

    /** Lets it judge the requests of some people; it ends by itself where these fare much worse than the others. */
    public Life canary(SignIn who, long number, Cohort cohort, BackWhen backWhen, String note) {
        return attempt(who, note, () -> {
            desk.requireOwner(who);
            requireSomebody(cohort);
            Life life = desk.known(number);
            requireAnother(who, life);
            requireNew(life);
            requireOfACanary(life);
            life = aside(who, life);
            trials.begin(life.publication(), Stage.CANARY, cohort, backWhen, who.person(), note);
            return desk.known(life.publication().number());
        });
    }

    /** What is in force for all goes back to the one before first, so that it counts for some alone. */
    private Life aside(SignIn who, Life life) {
        long number = life.publication().number();
        if (life.stage() == Stage.WITHDRAWN) {
            throw withdrawn(number);
        }
        if (life.stage() != Stage.LIVE) {
            return life;
        }
        if (agreement.isRequired()) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "in-force",
                    "Publication " + number
                            + " is in force for everybody, and a second process owner must agree to go back"
                            + " first: put the one before it in force.");
        }
        desk.goneBack(who, before(number), "To try out " + number + " once more.", false);
        return desk.known(number);
    }

    private long before(long number) {
        return publications
                .liveBefore(number)
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.CONFLICT,
                        "nothing-before",
                        "Publication " + number + " is the first, so there is nothing that the others could go by."));
    }

    private void requireSomebody(Cohort cohort) {
        if (cohort.groups().isEmpty() && cohort.percent() == 0) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID,
                    "groups",
                    "no-cohort",
                    "Say for whom it counts: 'groups', such as [\"engineers\"], or 'percent' of all people, from 1 to 100.");
        }
        Directory.Known known = people.known(cohort.groups(), Set.of(), Set.of());
        Set<String> unknown = new TreeSet<>(cohort.groups());
        unknown.removeIf(group -> !known.members(Set.of(group)).isEmpty());
        if (!unknown.isEmpty()) {
            throw Refusal.ofField(
                    Refusal.Kind.UNPROCESSABLE,
                    "groups",
                    "unknown-group",
                    "There is nobody in a group '" + unknown.iterator().next() + "'.");
        }
    }

    private Set<String> changed(Life life) {
        return desk.changedFrom(
                life.stage() == Stage.LIVE ? before(life.publication().number()) : desk.live(), life);
    }

    private void requireDifferentRules(Life life) {
        if (changed(life).stream().noneMatch(path -> path.startsWith(PublishedFiles.RULES))) {
            throw Refusal.of(
                    Refusal.Kind.UNPROCESSABLE,
                    "same-rules",
                    "Its rules are those in force, so it would say nothing else.");
        }
    }

    private void requireOfACanary(Life life) {
        requireDifferentRules(life);
        changed(life).stream()
                .filter(path -> !OF_A_CANARY.matcher(path).matches())
                .findFirst()
                .ifPresent(path -> {
                    throw Refusal.of(
                            Refusal.Kind.UNPROCESSABLE,
                            "not-for-some",
                            "It changes " + path
                                    + ", which is the same for all. Guardrails, levels and the calendar can be tried out"
                                    + " on some people; publish the rest by itself first.");
                });
    }

    private void requireAnother(SignIn who, Life life) {
        if (agreement.isRequired() && life.publication().author().equals(who.person())) {
            throw byTheAuthor();
        }
    }

    /** What was in force once has somebody else's agreement of then, and counts for nobody by one person's word of now. */
    private void requireNew(Life life) {
        if (agreement.isRequired() && life.stage() != Stage.LIVE && life.hasBeenLive()) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "second-person",
                    "Publication " + life.publication().number()
                            + " was in force before. Propose to go back to it, and try out what is proposed.");
        }
    }

    private static Refusal byTheAuthor() {
        return Refusal.of(
                Refusal.Kind.FORBIDDEN, "second-person", "Another process owner than its author must agree to it.");
    }

    private static Refusal withdrawn(long number) {
        return Refusal.of(
                Refusal.Kind.CONFLICT,
                "withdrawn",
                "Publication " + number
                        + " was withdrawn, or builds on what is in force no more. Publish its files once more.");
    }

    private void requireOwnerOrSecurity(SignIn who) {
        if (!isSecurity(who)) {
            desk.requireOwner(who);
        }
    }

    private static boolean isSecurity(SignIn who) {
        return who.groups().contains(SECURITY);
    }

    /** What had been in force before what is in force was for the first time: its files, whatever number they have by now. */
    private boolean isBack(long number) {
        return publications.first(number) < publications.first(desk.live());
    }

    private Life attempt(SignIn who, String note, Supplier<Life> work) {
        return desk.onRecord(who, () -> {
            PublicationDesk.requireShort(note);
            return work.get();
        });
    }
}
