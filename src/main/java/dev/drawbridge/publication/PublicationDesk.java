package dev.drawbridge.publication;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What people do with publications, by REST and on pages: process owners publish and go back; they, operators and auditors read. */
@Component
public class PublicationDesk {
    /** The code of the refusal of what has problems; these are in its details. */
    public static final String INVALID = "invalid-publication";

    private static final int LONGEST_NOTE = 500;
    private static final String OWNERS = "process-owners";
    private static final Set<String> READERS = Set.of(OWNERS, "operators", "auditors");

    private final Publish publish;
    private final NumberedPublications publications;
    private final PublicationInForce inForce;
    private final Agreement agreement;
    private final Refusals refusals;

    PublicationDesk(
            Publish publish,
            NumberedPublications publications,
            PublicationInForce inForce,
            Agreement agreement,
            Refusals refusals) {
        this.agreement = agreement;
        this.publish = publish;
        this.publications = publications;
        this.inForce = inForce;
        this.refusals = refusals;
    }

    /**
     * What came of publishing, or would.
     *
     * @param publication what is in force then; none where there are problems
     * @param before what was until then
     * @param problems why it is not; none where it is
     * @param changes what is other than it was before
     * @param newlyAllowed what would be allowed that was not before, in sentences; looked for by a check alone
     */
    public record Outcome(
            @Nullable Publication publication,
            Publication before,
            List<PublicationProblem> problems,
            List<FileChange> changes,
            List<String> newlyAllowed) {
        /** What it is refused with. */
        Refusal refused(Map<String, Object> details) {
            int more = problems.size() - 1;
            return Refusal.withDetails(
                    Refusal.Kind.UNPROCESSABLE,
                    INVALID,
                    "Nothing was published: " + problems.get(0).told()
                            + (more == 0
                                    ? ""
                                    : more == 1
                                            ? " There is one more problem."
                                            : " There are " + more + " more problems."),
                    details);
        }
    }

    /** Whether this person may put files in force, and go back. */
    public boolean mayPublish(SignIn who) {
        return who.groups().contains(OWNERS);
    }

    /** The one that this call goes by; it is the latest, but for a moment, or where this node cannot read that. */
    public Publication here(SignIn who) {
        requireReader(who);
        return inForce.now().orElseThrow();
    }

    /** The one in force. */
    public Publication latest(SignIn who) {
        requireReader(who);
        return publications.latest().orElseThrow();
    }

    /** Of all whose number is less, the latest {@code most}, newest first. */
    public List<Life> before(SignIn who, long number, int most) {
        requireReader(who);
        return publications.before(number, most);
    }

    /** The one of this number; refuses where there is none. */
    public Publication require(SignIn who, long number) {
        requireReader(who);
        return publications
                .find(number)
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.NOT_FOUND, "no-such-publication", "There is no publication " + number + "."));
    }

    /** The paths of its files, each with the SHA-256 of its content. */
    public SortedMap<String, String> contents(SignIn who, long number) {
        return publications.contents(require(who, number).number());
    }

    /** One of its files; refuses where there is none. */
    public byte[] file(SignIn who, long number, String path) {
        require(who, number);
        return publications
                .file(number, path)
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.NOT_FOUND,
                        "no-such-file",
                        "There is no such file in publication " + number + "."));
    }

    /** What it builds on; 0 for the first. */
    public long base(SignIn who, long number) {
        return Objects.requireNonNullElse(steps(who, number).get(0).base(), 0L);
    }

    /** What is other in one than in another; of the first, all is new: that is against 0. */
    public List<FileChange> changes(SignIn who, long number, long against) {
        require(who, number);
        if (against != 0) {
            require(who, against);
        }
        return FileChange.between(
                against == 0 ? PublishedFiles.NONE : publications.files(against), publications.files(number));
    }

    /** What one would allow that the one that it builds on does not, in sentences; none for the first. Takes some seconds. */
    public List<String> newlyAllowed(SignIn who, long number) {
        requireOwner(who);
        long base = base(who, number);
        return base == 0 ? List.of() : publish.newlyAllowed(number, base);
    }

    /** What would come of changing these files, by their paths. */
    public Outcome check(SignIn who, Map<String, String> files, @Nullable Long base) {
        return check(who, proposal(files, "", base));
    }

    Outcome check(SignIn who, Proposal proposal) {
        requireOwner(who);
        return told(publish.check(proposal, who.person()));
    }

    /** Changes these files, by their paths; refuses what has problems, on record, with these in its details. */
    public Outcome publish(SignIn who, Map<String, String> files, String note, @Nullable Long base) {
        return publish(who, proposal(files, note, base));
    }

    private static Proposal proposal(Map<String, String> files, String note, @Nullable Long base) {
        TreeMap<String, byte[]> contents = new TreeMap<>();
        files.forEach((path, content) -> contents.put(path, content.getBytes(StandardCharsets.UTF_8)));
        return new Proposal(contents, Set.of(), note.strip(), base, false);
    }

    /** Refuses, on record, whoever may not publish: before anything is read of what they send. */
    void requireMayPublish(SignIn who) {
        refusals.onRecord(who.person(), null, () -> requireOwner(who));
    }

    Outcome publish(SignIn who, Proposal proposal) {
        return refusals.onRecord(who.person(), null, () -> {
            requireOwner(who);
            return carryOut(who, proposal);
        });
    }

    private Outcome carryOut(SignIn who, Proposal proposal) {
        return carryOut(who, proposal, agreement.isRequired() || proposal.isForLater());
    }

    private Outcome carryOut(SignIn who, Proposal proposal, boolean isProposed) {
        requireShort(proposal.note());
        return withoutProblems(
                isProposed ? publish.propose(proposal, who.person()) : publish.carryOut(proposal, who.person()));
    }

    static void requireShort(String note) {
        if (note.length() > LONGEST_NOTE) {
            throw Refusal.ofField(
                    Refusal.Kind.UNPROCESSABLE,
                    "note",
                    "note-too-long",
                    "A note has " + LONGEST_NOTE + " characters at most; say the rest in the files.");
        }
    }

    private Outcome withoutProblems(Publish.Outcome found) {
        Outcome outcome = told(found);
        if (!outcome.problems().isEmpty()) {
            throw outcome.refused(Map.of("problems", outcome.problems()));
        }
        return outcome;
    }

    /** What is proposed comes into force, as it was then; refuses what has problems by now. */
    Life putInForce(SignIn who, Life proposed, String note) {
        Long base = Objects.requireNonNull(proposed.last().base());
        withoutProblems(publish.putInForce(proposed.publication(), base, who.person(), note));
        return known(proposed.publication().number());
    }

    /** The files of an earlier one once more, in force or proposed. */
    Life goneBack(SignIn who, long number, String note, boolean isProposed) {
        Outcome outcome = carryOut(who, back(number, note), isProposed);
        return known(Objects.requireNonNull(outcome.publication()).number());
    }

    /** How far this one has got; refuses where there is none. */
    Life known(long number) {
        return publications
                .life(number)
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.NOT_FOUND, "no-such-publication", "There is no publication " + number + "."));
    }

    /** As {@link #require}, and how far it has got. */
    public Life life(SignIn who, long number) {
        requireReader(who);
        return known(number);
    }

    /** Its way so far. */
    public List<Step> steps(SignIn who, long number) {
        return publications.steps(require(who, number).number());
    }

    long live() {
        return publications.latest().orElseThrow().number();
    }

    /** The paths of what is other in it than in another. */
    Set<String> changedFrom(long other, Life life) {
        Map<String, String> then = publications.contents(other);
        Map<String, String> now = publications.contents(life.publication().number());
        Set<String> paths = new TreeSet<>(NumberedPublications.changed(then, now));
        paths.addAll(NumberedPublications.removed(then, now));
        return paths;
    }

    <T> T onRecord(SignIn who, Supplier<T> work) {
        return refusals.onRecord(who.person(), null, work);
    }

    private Proposal back(long number, String note) {
        PublishedFiles then = publications.files(number);
        Publication live = publications.latest().orElseThrow();
        return new Proposal(
                then.byPath(),
                without(
                        publications.contents(live.number()).keySet(),
                        then.byPath().keySet()),
                note.isBlank() ? "Back to " + number + "." : note.strip(),
                live.number(),
                false);
    }

    private static Set<String> without(Collection<String> all, Collection<String> some) {
        Set<String> left = new TreeSet<>(all);
        left.removeAll(some);
        return left;
    }

    private Outcome told(Publish.Outcome outcome) {
        return new Outcome(
                outcome.publication(),
                outcome.before(),
                outcome.problems(),
                FileChange.between(publications.files(outcome.before().number()), outcome.files()),
                outcome.newlyAllowed());
    }

    private void requireReader(SignIn who) {
        refusals.onRecord(who.person(), null, () -> {
            if (who.groups().stream().noneMatch(READERS::contains)) {
                throw Refusal.of(
                        Refusal.Kind.FORBIDDEN,
                        "not-for-you",
                        "What was published is for process owners, operators and auditors to see.");
            }
        });
    }

    void requireOwner(SignIn who) {
        if (!mayPublish(who)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "not-for-you", "To publish is for process owners.");
        }
    }
}
