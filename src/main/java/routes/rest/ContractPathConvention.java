package routes.rest;

import io.micrometer.common.KeyValues;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

/**
 * Names a request by its path in the contract, such as {@code /alerts/{id}/enable}, in the metric {@code http.server.requests}
 * and in traces. Spring MVC knows but the first part of it, and nothing of requests that it refuses or does not see.
 */
@Component
class ContractPathConvention extends DefaultServerRequestObservationConvention {

    @Override
    public KeyValues getLowCardinalityKeyValues(ServerRequestObservationContext context) {
        usePathOfContract(context);
        return super.getLowCardinalityKeyValues(context);
    }

    @Override
    public String getContextualName(ServerRequestObservationContext context) {
        usePathOfContract(context);
        return super.getContextualName(context);
    }

    private static void usePathOfContract(ServerRequestObservationContext context) {
        if (context.getCarrier().getAttribute(ContractPathFilter.PATH) instanceof String path) {
            context.setPathPattern(path);
        }
    }
}
