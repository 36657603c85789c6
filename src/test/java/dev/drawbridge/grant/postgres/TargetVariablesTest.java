package dev.drawbridge.grant.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.platform.CannotStart;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Targets are configured by environment variables too, whatever their names. */
class TargetVariablesTest {
    private static final String SOURCE = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    private static Map<String, TargetProperties.Target> targets(
            Map<String, Object> variables, Map<String, Object> file) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().replace(SOURCE, new SystemEnvironmentPropertySource(SOURCE, variables));
        environment.getPropertySources().addLast(new MapPropertySource("file", file));
        ConfigurationPropertySources.attach(environment);
        new TargetVariables().postProcessEnvironment(environment, new SpringApplication());
        return Binder.get(environment)
                .bindOrCreate("drawbridge", TargetProperties.class)
                .targets();
    }

    private static Map<String, TargetProperties.Target> targets(Map<String, Object> variables) {
        return targets(variables, Map.of());
    }

    @Test
    void takesANameWithHyphens() {
        Map<String, TargetProperties.Target> targets = targets(Map.of(
                "DRAWBRIDGE_TARGETS_BILLING_PROD_URL", "jdbc:postgresql://billing/",
                "DRAWBRIDGE_TARGETS_BILLING_PROD_USERNAME", "drawbridge",
                "DRAWBRIDGE_TARGETS_BILLING_PROD_PASSWORD_FILE", "/run/secrets/billing",
                "DRAWBRIDGE_TARGETS_BILLING_PROD_REPLACES", "12,34",
                "DRAWBRIDGE_TARGETS_ORDERS_URL", "jdbc:postgresql://orders/",
                "DRAWBRIDGE_TARGETS_ORDERS_USERNAME", "drawbridge",
                "DRAWBRIDGE_TARGETS_ORDERS_PASSWORD", "secret"));

        assertThat(targets).containsOnlyKeys("billing-prod", "orders");
        assertThat(targets.get("billing-prod").url()).isEqualTo("jdbc:postgresql://billing/");
        assertThat(targets.get("billing-prod").passwordFile()).isEqualTo(Path.of("/run/secrets/billing"));
        assertThat(targets.get("billing-prod").password()).isNull();
        assertThat(targets.get("billing-prod").replaces()).isEqualTo(Set.of("12", "34"));
        assertThat(targets.get("orders").password()).isEqualTo("secret");
    }

    @Test
    void takesTheSettingsAsSpringWritesThemToo() {
        assertThat(targets(Map.of(
                                "DRAWBRIDGE_TARGETS_ORDERS_URL", "jdbc:postgresql://orders/",
                                "DRAWBRIDGE_TARGETS_ORDERS_USERNAME", "drawbridge",
                                "DRAWBRIDGE_TARGETS_ORDERS_PASSWORDFILE", "/run/secrets/orders"))
                        .get("orders")
                        .passwordFile())
                .isEqualTo(Path.of("/run/secrets/orders"));
    }

    @Test
    void meansTheTargetThatAFileNamesAndComesBeforeIt() {
        Map<String, TargetProperties.Target> targets = targets(
                Map.of("DRAWBRIDGE_TARGETS_BILLING_PROD_PASSWORD", "secret"),
                Map.of(
                        "drawbridge.targets.billing_prod.url",
                        "jdbc:postgresql://billing/",
                        "drawbridge.targets.billing_prod.username",
                        "drawbridge",
                        "drawbridge.targets.billing_prod.password",
                        "from the file"));

        assertThat(targets).containsOnlyKeys("billing_prod");
        assertThat(targets.get("billing_prod").password()).isEqualTo("secret");
    }

    @Test
    void leavesAloneWhatIsAboutSomethingElse() {
        assertThat(targets(Map.of(
                        "DRAWBRIDGE_TARGETS_DB_SERVICE_HOST", "10.0.0.1",
                        "DRAWBRIDGE_TARGETS_ORDERS_PORT_5432_TCP", "tcp://10.0.0.1:5432",
                        "DRAWBRIDGE_TARGETS_ORDERS_URL", "jdbc:postgresql://orders/",
                        "DRAWBRIDGE_TARGETS_ORDERS_FORMERLY_0", "shop",
                        "DRAWBRIDGE_TARGETS_ORDERS_USERNAME", "drawbridge")))
                .containsOnlyKeys("orders");
    }

    @Test
    void letsAFileReferToAVariableByItsOwnName() {
        assertThat(targets(
                                Map.of("DRAWBRIDGE_TARGETS_ORDERS_PASSWORD", "secret"),
                                Map.of(
                                        "drawbridge.targets.orders.url",
                                        "jdbc:postgresql://orders/",
                                        "drawbridge.targets.orders.username",
                                        "${DRAWBRIDGE_TARGETS_ORDERS_PASSWORD}"))
                        .get("orders")
                        .username())
                .isEqualTo("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DRAWBRIDGE_TARGETS_ORDERS_URI", "DRAWBRIDGE_TARGETS_ORDERS_URL_0"})
    void refusesASettingThatThereIsNot(String variable) {
        assertThatThrownBy(() -> targets(Map.of(
                        variable, "jdbc:postgresql://orders/", "DRAWBRIDGE_TARGETS_ORDERS_USERNAME", "drawbridge")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(variable + " names no setting of a target");
    }
}
