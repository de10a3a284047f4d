package routes.deploy;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A test that reads expressions wrongly would find nothing to complain about. */
class SelectorTest {

    @Test
    void findsEveryMetricOfAnExpressionAndNothingElse() {
        assertThat(Selector.in("""
                histogram_quantile(0.99, sum by (le) (rate(a_bucket{method="POST", uri=~"/x/?([{][*].*)?"}[5m]))) > 0.5
                  or max(b) - (c offset 10m or vector(0)) unless on (instance) d{e!="f (g)"}"""))
                .containsExactly(
                        new Selector("a_bucket", Map.of("method", "=POST", "uri", "=~/x/?([{][*].*)?")),
                        new Selector("b", Map.of()), new Selector("c", Map.of()), new Selector("d", Map.of("e", "!=f (g)")));
    }

    @Test
    void matchesAsPrometheusDoes() {
        Selector selector = Selector.in("a{b=\"1\", c=~\"x|y\", d!=\"2\"}").get(0);
        assertThat(selector.matches("a", Map.of("b", "1", "c", "y"))).isTrue();
        assertThat(selector.matches("a", Map.of("b", "1", "c", "yy"))).isFalse();
        assertThat(selector.matches("a", Map.of("b", "1", "c", "y", "d", "2"))).isFalse();
        assertThat(selector.matches("z", Map.of("b", "1", "c", "y"))).isFalse();
    }
}
