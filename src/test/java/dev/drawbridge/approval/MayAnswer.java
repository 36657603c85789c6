package dev.drawbridge.approval;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.context.ApplicationContext;

/** Reads what no page shows: everybody who may answer a request now, in whichever capacity. */
public final class MayAnswer {
    private final ApprovalCases cases;
    private final Electorates electorates;

    public MayAnswer(ApplicationContext product) {
        cases = product.getBean(ApprovalCases.class);
        electorates = product.getBean(Electorates.class);
    }

    /** By person those in whose place; nobody, where it is in their own right. */
    public Map<String, Set<String>> of(UUID id) {
        ApprovalCase approval = cases.load(id);
        Map<String, Set<String>> may = new TreeMap<>();
        if (approval.waits()) {
            int level = approval.open().orElseThrow();
            Electorate electorate = electorates.now(approval);
            for (String person : electorate.everybody(level)) {
                Set<String> principals = new TreeSet<>();
                if (!electorate.mayApprove(person, level)) {
                    principals.addAll(electorate.inPlaceOf(person, level));
                    principals.removeIf(approval::hasBeenHeard);
                }
                may.put(person, principals);
            }
        }
        return may;
    }
}
