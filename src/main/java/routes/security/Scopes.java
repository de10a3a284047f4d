package routes.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.util.StringUtils;

/**
 * What a token lets its bearer do: the scopes in {@code scope} or, without that claim, in {@code scp}. An issuer may put anything
 * there, such as a scope of several parts; what is no text is no scope, where Spring Security's own reading would fail.
 */
final class Scopes implements Converter<Jwt, Collection<GrantedAuthority>> {

    static final String PREFIX = "SCOPE_";

    @Override
    public Collection<GrantedAuthority> convert(Jwt token) {
        Object claim = token.hasClaim("scope") ? token.getClaim("scope") : token.getClaim("scp");
        return values(claim).filter(String.class::isInstance).map(String.class::cast).filter(StringUtils::hasText)
                .<GrantedAuthority>map(scope -> new SimpleGrantedAuthority(PREFIX + scope)).toList();
    }

    private static Stream<?> values(Object claim) {
        if (claim instanceof String text) {
            return Arrays.stream(text.split(" "));
        }
        return claim instanceof Collection<?> several ? several.stream() : List.of().stream();
    }
}
