package dev.drawbridge.grant.postgres;

import dev.drawbridge.platform.CannotStart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final List<String> SINGLE = List.of("password-file", "password", "username", "url", "address");
    private static final List<String> LISTS = List.of("formerly", "replaces");
    private static final List<String> SETTINGS =
            Stream.of(SINGLE, LISTS).flatMap(List::stream).toList();

    /** The longer endings first: in {@code ORDERS_PASSWORD_FILE} the name is no {@code ORDERS_PASSWORD}. */
    private static final Pattern KNOWN = Pattern.compile(
            "(?<name>.+?)_(?:(?<setting>" + anyOf(SINGLE) + ")|(?<list>" + anyOf(LISTS) + ")(_(?<position>[0-9]+))?)");
    /** What a cluster says of a service that is called like a target. */
    private static final Pattern OF_A_SERVICE = Pattern.compile("(SERVICE_(HOST|PORT).*|PORT(_.*)?)");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        MutablePropertySources sources = environment.getPropertySources();
        if (!(sources.get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
                instanceof SystemEnvironmentPropertySource variables)) {
            return;
        }
        Map<String, Object> rest = new LinkedHashMap<>(variables.getSource());
        Map<String, Object> written = new LinkedHashMap<>();
        variables.getSource().forEach((variable, value) -> {
            if (variable.toUpperCase(Locale.ROOT).startsWith(PREFIX)) {
                rest.remove(variable);
                written.put(variable, value);
            }
        });
        if (!written.isEmpty()) {
            sources.replace(variables.getName(), new SystemEnvironmentPropertySource(variables.getName(), rest));
            sources.addBefore(
                    variables.getName(),
                    new MapPropertySource("targets in environment variables", properties(written, named(sources))));
            // A file may still refer to one by its own name.
            sources.addLast(new MapPropertySource("environment variables about targets", written));
        }
    }

    private static Map<String, Object> properties(Map<String, Object> written, Set<String> named) {
        Map<String, Object> properties = new LinkedHashMap<>();
        Set<String> names = new TreeSet<>();
        named.forEach(name -> names.add(upper(name)));
        List<String> unknown = new ArrayList<>();
        written.forEach((variable, value) -> {
            Matcher known = KNOWN.matcher(variable.substring(PREFIX.length()).toUpperCase(Locale.ROOT));
            if (known.matches()) {
                names.add(known.group("name"));
                properties.put(property(known, named), value);
            } else {
                unknown.add(variable);
            }
        });
        // Others have variables too that begin so, such as a cluster that tells of its services.
        for (String variable : unknown) {
            if (names.stream().anyMatch(name -> isAbout(variable, name))) {
                throw new CannotStart(
                        "The environment variable " + variable + " names no setting of a target.",
                        "It should be " + PREFIX + "<NAME>_ and then "
                                + String.join(
                                        ", ",
                                        SETTINGS.stream()
                                                .map(TargetVariables::upper)
                                                .toList()) + ".");
            }
        }
        return properties;
    }

    private static boolean isAbout(String variable, String name) {
        String after = variable.toUpperCase(Locale.ROOT).substring(PREFIX.length());
        return after.startsWith(name + "_")
                && !OF_A_SERVICE.matcher(after.substring(name.length() + 1)).matches();
    }

    private static String property(Matcher known, Set<String> named) {
        String written = known.group("setting") == null ? known.group("list") : known.group("setting");
        String setting = SETTINGS.stream()
                .filter(one -> upper(one).replace("_", "").equals(written.replace("_", "")))
                .findFirst()
                .orElseThrow();
        String position = known.group("position");
        return NAME + name(known.group("name"), named) + "." + setting + (position == null ? "" : "[" + position + "]");
    }

    private static String name(String written, Set<String> named) {
        return named.stream()
                .filter(name -> upper(name).equals(written))
                .findFirst()
                .orElse(written.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static String anyOf(List<String> settings) {
        return settings.stream().map(one -> upper(one).replace("_", "_?")).collect(Collectors.joining("|"));
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
