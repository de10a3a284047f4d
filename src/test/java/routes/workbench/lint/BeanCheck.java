package routes.workbench.lint;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import routes.workbench.model.Beans;
import routes.workbench.model.Endpoint;
import routes.workbench.model.Place;
import routes.workbench.model.Project;
import routes.workbench.model.YamlNode;

/** Beans that routes name exist, and have the methods that routes call. */
final class BeanCheck implements Check {

    /** Options of patterns that name a bean without {@code #}; {@code ref} also is the expression that a bean is. */
    private static final Set<String> REFERENCES = Set.of("ref", "aggregationStrategy", "idempotentRepository", "executorService", "onPrepare", "errorHandlerRef",
            "aggregationRepository", "onRedeliveryRef", "onExceptionOccurredRef", "retryWhileRef", "redeliveryPolicyRef", "comparator", "timeoutExecutorService");
    private static final Set<String> WITH_REF = Set.of("bean", "method", "process", "policy", "customLoadBalancer", "transacted", "custom");
    private static final Pattern IN_SIMPLE = Pattern.compile("\\$\\{(?:bean|ref):(?!type:)([\\w-]+)(?:(?:\\?method=|::|\\.)(\\w+))?");
    private static final Pattern TYPE_IN_SIMPLE = Pattern.compile("\\$\\{bean:type:([\\w.$]+)(?:(?:\\?method=|::)(\\w+))?");
    private static final Pattern PAUSE = Pattern.compile("#?pause-while-.+-open");

    @Override
    public void check(Project project, Report report) {
        project.files().stream().filter(file -> project.isGiven(file.path())).forEach(file -> {
            file.entries().forEach(entry -> walk(entry.key(), entry.value(), project, report));
            file.declaredBeans().filter(bean -> !bean.has("script") && !bean.has("scriptLanguage")).map(bean -> bean.get("type")).forEach(type -> declared(type, report));
            file.allEndpoints().filter(endpoint -> !endpoint.isDynamic()).forEach(endpoint -> {
                if (endpoint.scheme().equals("bean")) {
                    called(endpoint, project, report);
                } else if (endpoint.scheme().equals("class")) {
                    calledByClass(endpoint, report);
                }
            });
        });
    }

    private static void walk(String key, YamlNode node, Project project, Report report) {
        if (WITH_REF.contains(key) && node.isMap()) {
            call(node, project, report);
            if (key.matches("bean|method") && !node.has("ref") && !node.has("beanType")) {
                report.add(Rule.UNRESOLVED_BEAN, "%s names neither ref nor beanType".formatted(key), node.place());
            }
        }
        if (key.equals("ref") && node.has("expression")) {
            bean(node.get("expression").text(), node.get("expression").place(), project, report);
        }
        if (key.equals("bean") && node.isScalar()) {
            bean(node.text(), node.place(), project, report);
        }
        if (key.equals("routePolicy")) {
            for (String policy : node.text().split(",")) {
                if (!PAUSE.matcher(policy.strip()).matches()) {
                    bean(policy.strip(), node.place(), project, report);
                }
            }
        } else if (node.isScalar()) {
            scalar(key, node, project, report);
        }
        node.entries().stream().filter(entry -> !entry.key().equals("beans")).forEach(entry -> walk(entry.key(), entry.value(), project, report));
        node.items().forEach(item -> walk("", item, project, report));
    }

    private static void scalar(String key, YamlNode node, Project project, Report report) {
        String text = node.text();
        if (text.startsWith("#") && !text.contains(" ") || REFERENCES.contains(key)) {
            bean(text, node.place(), project, report);
        }
        IN_SIMPLE.matcher(text).results().forEach(call -> {
            if (bean(call.group(1), node.place(), project, report) && call.group(2) != null) {
                method(call.group(1), call.group(2), node.place(), project, report);
            }
        });
        TYPE_IN_SIMPLE.matcher(text).results().forEach(call -> classOf(call.group(1), node.place(), report).filter(type -> call.group(2) != null)
                .ifPresent(type -> method(type, call.group(1), call.group(2), node.place(), report)));
    }

    /** A bean that a file declares has a class, or the file cannot be loaded. */
    private static void declared(YamlNode type, Report report) {
        String name = className(type.text());
        if (!isOpen(name)) {
            classOf(name, type.place(), report);
        }
    }

    /** @return the class alone, of {@code #class:name#factoryMethod(arguments)} */
    private static String className(String type) {
        return type.replaceFirst("^#class:", "").replaceFirst("[(#].*", "");
    }

    private static Optional<Class<?>> classOf(String name, Place place, Report report) {
        Optional<Class<?>> loaded = Beans.load(name);
        if (loaded.isEmpty()) {
            report.add(Rule.UNRESOLVED_BEAN, "there is no class " + name, place);
        }
        return loaded;
    }

    private static void call(YamlNode node, Project project, Report report) {
        String ref = node.get("ref").text();
        if (!ref.isEmpty() && bean(ref, node.get("ref").place(), project, report)) {
            method(ref.replaceFirst("^#(bean:)?", ""), node.get("method").text(), node.get("method").place(), project, report);
        }
        String type = node.get("beanType").text();
        if (!type.isEmpty() && !isOpen(type)) {
            classOf(type, node.get("beanType").place(), report).ifPresent(found -> method(found, type, node.get("method").text(), node.get("method").place(), report));
        }
    }

    private static void called(Endpoint endpoint, Project project, Report report) {
        if (bean(endpoint.path(), endpoint.pathPlace(), project, report)) {
            endpoint.value("method").ifPresent(method -> method(endpoint.path(), method, endpoint.placeOf("method"), project, report));
        }
    }

    private static void calledByClass(Endpoint endpoint, Report report) {
        classOf(endpoint.path(), endpoint.pathPlace(), report).ifPresent(type -> endpoint.value("method")
                .ifPresent(method -> method(type, endpoint.path(), method, endpoint.placeOf("method"), report)));
    }

    private static boolean isOpen(String name) {
        return name.contains("{{") || name.contains("${") || name.isBlank();
    }

    /** @return whether there is a bean, of the project's own, whose methods may be looked at */
    private static boolean bean(String reference, Place place, Project project, Report report) {
        String name = project.settings().resolve(reference).orElse(reference).replaceFirst("^#bean:", "#").replaceFirst("^#(?!class:|type:|property:|valueAs)", "");
        if (isOpen(name) || name.startsWith("#type:") || name.startsWith("#property:") || name.startsWith("#valueAs") || name.startsWith("#autowired")) {
            return false;
        }
        if (name.startsWith("#class:") || name.contains(".") && !project.beans().has(name)) {
            classOf(className(name), place, report);
            return false;
        }
        if (!project.beans().has(name) && !project.settings().names("ekko.breakers").contains(name)) {
            String like = project.beans().like(name).isEmpty() ? "" : "; is it one of %s?".formatted(project.beans().like(name));
            report.add(Rule.UNRESOLVED_BEAN, "there is no bean '%s'%s".formatted(name, like), place);
            return false;
        }
        return true;
    }

    private static void method(String bean, String call, Place place, Project project, Report report) {
        project.beans().type(bean).ifPresent(type -> method(type, bean, call, place, report));
    }

    private static void method(Class<?> type, String bean, String call, Place place, Report report) {
        String method = call.replaceFirst("\\(.*", "").strip();
        if (!isOpen(method) && !Beans.methods(type).contains(method)) {
            report.add(Rule.UNRESOLVED_BEAN, "bean '%s' (%s) has no method '%s'".formatted(bean, type.getSimpleName(), method), place);
        }
    }
}
