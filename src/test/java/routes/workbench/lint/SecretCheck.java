package routes.workbench.lint;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.camel.tooling.model.ComponentModel.EndpointOptionModel;
import routes.workbench.model.Endpoint;
import routes.workbench.model.Expression;
import routes.workbench.model.Project;
import routes.workbench.model.Settings.Setting;
import routes.workbench.model.Step;
import routes.workbench.model.YamlNode;

/** Passwords, tokens and keys come from placeholders, never from the file. */
final class SecretCheck implements Check {

    private static final Pattern SECRET_NAME = Pattern.compile("(?i).*(password|passwd|passphrase|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credentials?)");
    private static final Pattern USER_INFO = Pattern.compile("[a-zA-Z][\\w+.-]*:(?://)?[^/?#\\s@{}$]*(?::[^/?#\\s@{}$]+)?@[^\\s/]+");
    private static final Pattern WITH_PASSWORD = Pattern.compile("//[^/?#\\s@{}$:]+:[^/?#\\s@{}$]+@");
    private static final Pattern IN_QUERY = Pattern.compile("(?i)://[^\\s]*[?&][\\w.-]*(password|secret|token|api[-_]?key|access[-_]?key)=[^&\\s{$#]+");
    private static final Pattern IN_QUERY_HEADER = Pattern.compile("(?i)(^|[?&])[\\w.-]*(password|secret|token|api[-_]?key|access[-_]?key)=[^&\\s{$#]+");
    private static final Pattern QUERY_HEADER = Pattern.compile("CamelHttp(Raw)?Query|CamelHttpUri");
    private static final Pattern ADDRESS = Pattern.compile("(?i).*(servers?|hosts?|brokers?|ur[il])");
    private static final Pattern USER_AND_PASSWORD = Pattern.compile("(^|,)\\s*[^/?#\\s@{}$:,]+:[^/?#\\s@{}$,]+@");
    private static final Pattern AUTHORIZATION = Pattern.compile("(?i)(proxy-)?authorization|.*(api[-_]?key|token|secret|password)");

    @Override
    public void check(Project project, Report report) {
        project.files().forEach(file -> {
            file.allEndpoints().forEach(endpoint -> endpoint(endpoint, report));
            file.allSteps().forEach(step -> headers(step, report));
            file.document().scalars().stream().filter(text -> WITH_PASSWORD.matcher(text.text()).find())
                    .forEach(text -> report.add(Rule.SECRET_IN_ROUTE, "the address holds user and password", text.place()));
            Set<String> uris = file.allEndpoints().map(Endpoint::raw).collect(Collectors.toSet());
            file.document().scalars().stream().filter(text -> IN_QUERY.matcher(text.text()).find() && !uris.contains(text.text()))
                    .forEach(text -> report.add(Rule.SECRET_IN_ROUTE, "the address holds a secret: take it from a {{placeholder}}", text.place()));
            file.all("beans").flatMap(beans -> beans.items().stream()).forEach(bean -> properties(bean.get("properties"), report));
        });
        project.settings().all().forEach(setting -> setting(setting, report));
    }

    private static void endpoint(Endpoint endpoint, Report report) {
        endpoint.options().stream().filter(option -> isSecret(endpoint, option.name()) && isLiteral(option.raw()))
                .forEach(option -> report.add(Rule.SECRET_IN_ROUTE, "%s of %s is written out: take it from a {{placeholder}}".formatted(option.name(), endpoint.scheme()), option.place()));
        endpoint.options().stream().filter(option -> ADDRESS.matcher(option.name()).matches() && USER_AND_PASSWORD.matcher(option.raw()).find())
                .forEach(option -> report.add(Rule.SECRET_IN_ROUTE, "%s of %s holds user and password".formatted(option.name(), endpoint.scheme()), option.place()));
        String uri = endpoint.raw().contains("?") ? endpoint.raw().substring(0, endpoint.raw().indexOf('?')) : endpoint.raw();
        if (endpoint.model().isPresent() && USER_INFO.matcher(uri).matches() && !endpoint.scheme().matches("smtps?|imaps?|pop3s?") && uri.contains(":") && hasPassword(uri)) {
            report.add(Rule.SECRET_IN_ROUTE, "the address holds user and password", endpoint.place());
        }
    }

    private static boolean hasPassword(String uri) {
        String authority = uri.substring(uri.indexOf(':') + 1).replaceFirst("^//", "").replaceFirst("@.*", "");
        return authority.contains(":");
    }

    private static boolean isSecret(Endpoint endpoint, String name) {
        if (name.matches("(?i).*user(name)?")) {
            return false;
        }
        return endpoint.model().stream().flatMap(model -> model.getEndpointOptions().stream()).filter(option -> option.getName().equalsIgnoreCase(name)).findFirst()
                .map(EndpointOptionModel::isSecret).filter(secret -> secret).orElse(SECRET_NAME.matcher(name).matches());
    }

    private static boolean isLiteral(String value) {
        return !value.isBlank() && !value.contains("{{") && !value.contains("${") && !value.startsWith("#") && !value.matches("(?i)true|false|\\d{1,3}");
    }

    private static void headers(Step step, Report report) {
        if (step.eip().matches("setHeader|setProperty|setVariable")) {
            header(step.body(), report);
        }
        step.body().get("headers").items().forEach(header -> header(header, report));
    }

    private static void header(YamlNode header, Report report) {
        String name = header.get("name").text();
        Expression.of(header).filter(expression -> QUERY_HEADER.matcher(name).matches() && IN_QUERY_HEADER.matcher(expression.text()).find())
                .ifPresent(expression -> report.add(Rule.SECRET_IN_ROUTE, "the address holds a secret: take it from a {{placeholder}}", expression.place()));
        if (AUTHORIZATION.matcher(name).matches()) {
            Expression.of(header).filter(expression -> expression.language().matches("constant|simple") && isLiteral(expression.text()))
                    .ifPresent(expression -> report.add(Rule.SECRET_IN_ROUTE, "%s is written out: take it from a {{placeholder}}".formatted(name), expression.place()));
        }
    }

    private static void properties(YamlNode properties, Report report) {
        properties.entries().stream().filter(entry -> SECRET_NAME.matcher(entry.key()).matches() && entry.value().isScalar() && isLiteral(entry.value().text()))
                .forEach(entry -> report.add(Rule.SECRET_IN_ROUTE, "%s is written out: take it from a {{placeholder}}".formatted(entry.key()), entry.place()));
    }

    private static void setting(Setting setting, Report report) {
        String text = setting.text();
        if (SECRET_NAME.matcher(setting.key()).matches() && isLiteral(text)) {
            report.add(Rule.SECRET_IN_ROUTE, "%s is written out: take it from an environment variable".formatted(setting.key()), setting.place());
        } else if (WITH_PASSWORD.matcher(text).find()) {
            report.add(Rule.SECRET_IN_ROUTE, "the address holds user and password", setting.place());
        }
    }
}
