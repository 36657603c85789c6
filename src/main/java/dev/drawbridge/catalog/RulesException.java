package dev.drawbridge.catalog;

import dev.drawbridge.platform.CannotStart;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.publication.PublicationProblem;
import java.io.File;
import java.nio.file.Path;

/** A file under {@code rules/} does not hold what it should; says which, in which line, and what to do. */
public class RulesException extends CannotStart {
    private static final int LONGEST = 700;
    private static final String ACTION = "Correct the file and start again; nothing was changed.";

    private final transient PublicationProblem problem;

    public RulesException(String sentence) {
        super(shown(sentence), ACTION);
        this.problem = new PublicationProblem("", null, shown(sentence));
    }

    /** {@code line} counts from 1; 0 where it is not known. */
    public RulesException(Path file, int line, String sentence) {
        this(new PublicationProblem(
                // A name may hold what would break the line, or turn it around.
                "rules/" + file.toString().replace(File.separatorChar, '/').replaceAll("\\p{C}", "?"),
                line > 0 ? line : null,
                shown(sentence)));
    }

    private RulesException(PublicationProblem problem) {
        super(problem.told(), ACTION);
        this.problem = problem;
    }

    /** The same, for whoever publishes. */
    public PublicationProblem problem() {
        return problem;
    }

    /** On one line and not too long to read, even where it quotes the file. */
    private static String shown(String sentence) {
        String shown = PlainText.shown(sentence);
        return shown.length() > LONGEST ? shown.substring(0, LONGEST) + "…" : shown;
    }
}
