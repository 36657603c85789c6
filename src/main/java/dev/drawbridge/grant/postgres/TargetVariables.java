package dev.drawbridge.grant.postgres;

import dev.drawbridge.platform.CannotStart;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Targets from environment variables: {@code DRAWBRIDGE_TARGETS_BILLING_PROD_URL} is the URL of {@code billing-prod}. Spring
 * would read it as that of {@code prod} within {@code billing}, since a variable cannot have a hyphen; so they are read here, and
 * here alone. Where a file names a target otherwise ({@code billing_prod}), that one is meant.
 */
class TargetVariables implements EnvironmentPostProcessor, Ordered {
    private static final String PREFIX = "DRAWBRIDGE_TARGETS_";
    private static final String NAME = "drawbridge.targets.";
    /** The longer endings first: a {@code PASSWORD_FILE} is no {@code FILE}. */
    private static final List<String> SETTINGS =
            List.of("password-file", "password", "username", "url", "address", "replaces");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        MutablePropertySources sources = environment.getPropertySources();
        if (!(sources.get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
                instanceof SystemEnvironmentPropertySource variables)) {
            return;
        }
        Map<String, Object> rest = new LinkedHashMap<>(variables.getSource());
        Map<String, Object> ours = new LinkedHashMap<>();
        Set<String> named = named(sources);
        variables.getSource().forEach((variable, value) -> {
            if (variable.toUpperCase(Locale.ROOT).startsWith(PREFIX)) {
                rest.remove(variable);
                ours.put(property(variable, named), value);
            }
        });
        if (!ours.isEmpty()) {
            sources.replace(variables.getName(), new SystemEnvironmentPropertySource(variables.getName(), rest));
            sources.addBefore(variables.getName(), new MapPropertySource("targets in environment variables", ours));
        }
    }

    private static String property(String variable, Set<String> named) {
        String written = variable.substring(PREFIX.length()).toUpperCase(Locale.ROOT);
        for (String setting : SETTINGS) {
            for (String ending : List.of(upper(setting), upper(setting.replace("-", "")))) {
                if (written.endsWith("_" + ending) && written.length() > ending.length() + 1) {
                    return NAME + name(written.substring(0, written.length() - ending.length() - 1), named) + "."
                            + setting;
                }
            }
        }
        throw new CannotStart(
                "The environment variable " + variable + " names no setting of a target.",
                "It should be " + PREFIX + "<NAME>_ and then "
                        + String.join(
                                ", ",
                                SETTINGS.stream().map(TargetVariables::upper).toList()) + ".");
    }

    private static String name(String written, Set<String> named) {
        return named.stream()
                .filter(name -> upper(name).equals(written))
                .findFirst()
                .orElse(written.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** The targets that files and arguments name. */
    private static Set<String> named(MutablePropertySources sources) {
        Set<String> names = new TreeSet<>();
        sources.stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .flatMap(source -> List.of(((EnumerablePropertySource<?>) source).getPropertyNames()).stream())
                .filter(property -> property.startsWith(NAME) && property.lastIndexOf('.') > NAME.length())
                .forEach(property -> names.add(property.substring(NAME.length(), property.lastIndexOf('.'))));
        return names;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
