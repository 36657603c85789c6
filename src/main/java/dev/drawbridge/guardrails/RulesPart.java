package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.publication.PublicationPart;
import dev.drawbridge.publication.PublicationProblem;
import dev.drawbridge.publication.PublishedFiles;
import java.util.List;
import org.springframework.stereotype.Component;

/** Looks into the rules, and what they speak of, before they are published: all that a start reads, and the cases. */
@Component
class RulesPart implements PublicationPart {
    @Override
    public boolean reads(String path) {
        return path.startsWith(PublishedFiles.RULES)
                && RuleFiles.areRead(path.substring(PublishedFiles.RULES.length()));
    }

    @Override
    public boolean isANote(String path) {
        return path.startsWith(PublishedFiles.RULES)
                && RuleFiles.areNotes(path.substring(PublishedFiles.RULES.length()));
    }

    @Override
    public List<PublicationProblem> problems(PublishedFiles files) {
        return RulesCheck.problems(new RuleFiles(files.in(PublishedFiles.RULES)));
    }

    @Override
    public List<String> newlyAllowed(PublishedFiles files, PublishedFiles before) {
        return NewlyAllowed.between(rules(before), rules(files)).told();
    }

    private static RuleSet rules(PublishedFiles files) {
        return RuleSet.of(new RuleFiles(files.in(PublishedFiles.RULES)));
    }
}
