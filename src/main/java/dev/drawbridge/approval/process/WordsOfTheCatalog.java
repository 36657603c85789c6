package dev.drawbridge.approval.process;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.KnownEntitlements;
import dev.drawbridge.catalog.Offer;
import dev.drawbridge.process.KnownWords;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lets processes name the entitlements, groups and obligations that the catalog declares, and no others. */
@Component
class WordsOfTheCatalog implements KnownWords {
    private static final String ASKED = "asked";

    private final Catalog catalog;
    private final Offer offer;
    private final KnownEntitlements known;
    private final JdbcClient jdbc;

    WordsOfTheCatalog(Catalog catalog, Offer offer, KnownEntitlements known, JdbcClient jdbc) {
        this.catalog = catalog;
        this.offer = offer;
        this.known = known;
        this.jdbc = jdbc;
    }

    @Override
    public Set<String> groups() {
        return catalog.words().groups();
    }

    @Override
    public Set<String> of(String bean, String method) {
        if (!bean.equals(ASKED)) {
            return Set.of();
        }
        return switch (method) {
            case "entitlement" -> catalog.all().stream().map(Entitlement::id).collect(Collectors.toSet());
            case "resource" -> catalog.all().stream().map(Entitlement::resource).collect(Collectors.toSet());
            case "environment" -> catalog.words().environments();
            case "obligedTo" -> catalog.words().obligations();
            default -> Set.of();
        };
    }

    @Override
    public Set<String> past(String bean, String method) {
        if (!bean.equals(ASKED)) {
            return Set.of();
        }
        return switch (method) {
            case "entitlement" -> pastEntitlements();
            case "resource" -> pastResources();
            default -> Set.of();
        };
    }

    private Set<String> pastEntitlements() {
        Set<String> past = new HashSet<>(offer.retired());
        jdbc.sql("select distinct entitlement from open_request").query(String.class).list().stream()
                .filter(Predicate.not(offer::knows))
                .forEach(past::add);
        return past;
    }

    /** A thing that can be had in one way still is of the present. */
    private Set<String> pastResources() {
        Set<String> past = pastEntitlements();
        Set<String> resources = past.stream()
                .flatMap(id -> known.find(id).stream())
                .map(KnownEntitlements.Known::resource)
                .collect(Collectors.toCollection(HashSet::new));
        catalog.all().stream()
                .filter(entitlement -> !past.contains(entitlement.id()))
                .map(Entitlement::resource)
                .forEach(resources::remove);
        return resources;
    }
}
