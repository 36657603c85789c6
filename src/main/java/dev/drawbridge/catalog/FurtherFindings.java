package dev.drawbridge.catalog;

import java.util.List;

/** Finds what else files name and is not there; who looks into those files, downstream, implements it. */
public interface FurtherFindings {
    /** What there is to tell at this moment. */
    List<CatalogFinding> now();
}
