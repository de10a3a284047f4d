package routes.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import routes.RouteFiles;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code deploy/nats/rights} gives each role what its routes need: nothing is missing, and nothing is too much. */
class RightsTest {

    static final List<String> ROLES = RouteFiles.ALL_ROLES;

    @ParameterizedTest
    @FieldSource("ROLES")
    void aRoleHasTheRightsThatItsRoutesNeedAndNoOthers(String role) throws IOException {
        assertEqual(Rights.written(role), NeededRights.of(role));
    }

    @Test
    void theProvisioningUserMayMakeAndUpdateWhatIsConfiguredAndNothingElse() throws IOException {
        assertEqual(Rights.written("provision"), NeededRights.ofProvision());
    }

    @Test
    void thereIsAUserForEachRoleAndEachHasAPasswordHash() throws IOException {
        Matcher user = Pattern.compile("\\{ user: (\\w+), password: \\$EKKO_NATS_(\\w+)_PASSWORD_HASH").matcher(Files.readString(DeployedNats.FOLDER.resolve("users.conf")));
        List<String> users = new ArrayList<>();
        while (user.find()) {
            assertThat(user.group(2)).isEqualToIgnoringCase(user.group(1));
            users.add(user.group(1));
        }
        assertThat(users).containsAll(ROLES).contains("provision", "operator").hasSize(ROLES.size() + 2);
    }

    private static void assertEqual(Rights written, Rights needed) {
        assertThat(written.publish()).as("publish").containsExactlyInAnyOrderElementsOf(needed.publish());
        assertThat(written.subscribe()).as("subscribe").containsExactlyInAnyOrderElementsOf(needed.subscribe());
        assertThat(written.responses()).as("responses").isEqualTo(needed.responses());
    }
}
