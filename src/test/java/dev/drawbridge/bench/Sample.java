package dev.drawbridge.bench;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What was measured several times, the smallest first. */
record Sample(List<Double> values) {
    static Sample of(Collection<Double> values) {
        return new Sample(values.stream().sorted().toList());
    }

    int size() {
        return values.size();
    }

    double median() {
        return quantile(0.5);
    }

    double p99() {
        return quantile(0.99);
    }

    double most() {
        return values.get(values.size() - 1);
    }

    /** The smallest value that at least this share of all does not exceed. */
    double quantile(double share) {
        return values.get(Math.max(0, (int) Math.ceil(share * values.size()) - 1));
    }

    /** A number as people read it: three digits that count. */
    static String said(double value) {
        double size = Math.abs(value);
        int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ENGLISH, "%,." + digits + "f", value);
    }
}
