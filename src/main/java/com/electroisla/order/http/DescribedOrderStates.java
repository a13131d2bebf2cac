package com.electroisla.order.http;

import com.electroisla.order.OrderState;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Arrays;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Writes the states of an order into the description of the API, once, when the program is built. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class DescribedOrderStates implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI description) {
        Schema state =
                Objects.requireNonNull(description.getComponents().getSchemas().get("EstadoPedido"));
        state.setEnumeration(
                Arrays.stream(OrderState.values()).<Object>map(OrderState::word).toList());
    }
}
