package dev.drawbridge.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses parameters that a call of our REST interface does not declare: a filter that is spelled wrong would be passed over,
 * and the answer be about something else than what was asked. What a call declares is what it takes; there is no other list.
 */
@Component
class KnownParameters implements HandlerInterceptor, WebMvcConfigurer {
    private static final String OURS = "dev.drawbridge.";

    private final DefaultParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();
    private final Map<Method, Map<String, Boolean>> known = new ConcurrentHashMap<>();

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod call
                && call.getBeanType().getName().startsWith(OURS)
                && call.getBeanType().isAnnotationPresent(RestController.class)) {
            Map<String, Boolean> taken = known.computeIfAbsent(call.getMethod(), method -> declared(call));
            request.getParameterMap().forEach((name, values) -> requireKnown(taken, name, values.length));
        }
        return true;
    }

    private static void requireKnown(Map<String, Boolean> taken, String name, int times) {
        Boolean many = taken.get(name);
        String shown = name.length() <= 40 ? name : name.substring(0, 40) + "…";
        if (many == null) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID,
                    shown,
                    "unknown-parameter",
                    "'" + shown + "' is not known here; "
                            + (taken.isEmpty()
                                    ? "this call takes no parameters."
                                    : "it can be " + String.join(", ", taken.keySet()) + "."));
        }
        if (!many && times > 1) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID, shown, "repeated-parameter", "'" + shown + "' is there more than once.");
        }
    }

    /** The names of the parameters that a call takes, and whether it takes more than one of each. */
    private Map<String, Boolean> declared(HandlerMethod call) {
        Map<String, Boolean> declared = new TreeMap<>();
        Arrays.stream(call.getMethodParameters()).forEach(parameter -> {
            RequestParam named = parameter.getParameterAnnotation(RequestParam.class);
            if (named != null) {
                Class<?> type = parameter.getParameterType();
                declared.put(name(parameter, named.name()), type.isArray() || Collection.class.isAssignableFrom(type));
            } else if (parameter.hasParameterAnnotation(ModelAttribute.class)
                    && parameter.getParameterType().isRecord()) {
                Arrays.stream(parameter.getParameterType().getRecordComponents())
                        .forEach(one -> declared.put(one.getName(), false));
            }
        });
        return declared;
    }

    private String name(MethodParameter parameter, String given) {
        if (!given.isEmpty()) {
            return given;
        }
        parameter.initParameterNameDiscovery(names);
        String name = parameter.getParameterName();
        if (name == null) {
            throw new IllegalStateException("The names of parameters are not in the classes; compile with -parameters");
        }
        return name;
    }
}
