package routes.workbench.lint;

import java.beans.BeanInfo;
import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import routes.nats.EndpointOptions;
import routes.workbench.model.Durations;
import routes.workbench.model.Endpoint;

/** The options that this application's {@code nats:} component adds to Camel's, read from the class that holds them. */
final class NatsOptions {

    private static final Map<String, PropertyDescriptor> OPTIONS = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        try {
            BeanInfo info = Introspector.getBeanInfo(EndpointOptions.class, Object.class);
            for (PropertyDescriptor property : info.getPropertyDescriptors()) {
                if (property.getWriteMethod() != null) {
                    OPTIONS.put(property.getName(), property);
                }
            }
        } catch (IntrospectionException e) {
            throw new IllegalStateException("The options of nats: cannot be read", e);
        }
    }

    private NatsOptions() {
    }

    static boolean knows(String option) {
        return OPTIONS.containsKey(option);
    }

    static Set<String> names() {
        return OPTIONS.keySet();
    }

    /** @return what is wrong with a value: it has another type, or the component refuses it */
    static Optional<String> fault(String option, String value) {
        EndpointOptions options = new EndpointOptions();
        PropertyDescriptor property = OPTIONS.get(option);
        try {
            property.getWriteMethod().invoke(options, convert(property.getPropertyType(), value));
            Method validate = EndpointOptions.class.getDeclaredMethod("validate", String.class);
            validate.setAccessible(true);
            validate.invoke(options, "nats:");
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("%s takes %s, not '%s'".formatted(option, described(property.getPropertyType()), value));
        } catch (InvocationTargetException e) {
            return Optional.of(e.getCause().getMessage());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The options of nats: cannot be checked", e);
        }
    }

    /** @return the number that holds for an endpoint, set or default; empty when it is only known at run time */
    static Optional<Double> number(Endpoint endpoint, String option) {
        if (endpoint.option(option).isPresent() && endpoint.value(option).isEmpty()) {
            return Optional.empty();
        }
        PropertyDescriptor property = OPTIONS.get(option);
        try {
            Object value = endpoint.value(option).isPresent() ? convert(property.getPropertyType(), endpoint.value(option).get())
                    : property.getReadMethod().invoke(new EndpointOptions());
            return Optional.of(((Number) value).doubleValue());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The options of nats: cannot be read", e);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object convert(Class<?> type, String value) {
        if (type == boolean.class) {
            if (!value.matches("(?i)true|false")) {
                throw new IllegalArgumentException(value);
            }
            return Boolean.valueOf(value);
        }
        if (type == int.class) {
            return Integer.valueOf(value);
        }
        if (type == long.class) {
            return value.startsWith("-") ? Long.valueOf(value) : Long.valueOf(Durations.millis(value).orElseThrow(IllegalArgumentException::new));
        }
        if (type == double.class) {
            return Double.valueOf(value);
        }
        return type.isEnum() ? Enum.valueOf((Class<Enum>) type, value.toUpperCase(Locale.ROOT)) : value;
    }

    private static String described(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + java.util.List.of(type.getEnumConstants());
        }
        return type == boolean.class ? "true or false" : type == long.class ? "a number or a time" : "a number";
    }
}
