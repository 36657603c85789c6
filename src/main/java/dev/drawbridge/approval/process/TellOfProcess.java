package dev.drawbridge.approval.process;

import dev.drawbridge.catalog.CatalogFinding;
import dev.drawbridge.catalog.FurtherFindings;
import dev.drawbridge.catalog.RulesPlace;
import dev.drawbridge.process.LiveProcess;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells what the process in force names and the catalog has no more, where all else that is not there is told. */
@Component
class TellOfProcess implements FurtherFindings {
    private final LiveProcess process;

    TellOfProcess(LiveProcess process) {
        this.process = process;
    }

    @Override
    public List<CatalogFinding> now() {
        return process.findings().stream()
                .map(found -> new CatalogFinding(new RulesPlace(found.file(), found.line()), found.sentence()))
                .toList();
    }
}
