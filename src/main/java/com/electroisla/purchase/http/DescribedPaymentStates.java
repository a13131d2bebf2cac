package com.electroisla.purchase.http;

import com.electroisla.payment.PaymentState;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Arrays;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Writes the states of a payment into the description of the API, once, when the program is built. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class DescribedPaymentStates implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI description) {
        Schema state =
                Objects.requireNonNull(description.getComponents().getSchemas().get("EstadoPago"));
        state.setEnumeration(Arrays.stream(PaymentState.values())
                .<Object>map(PaymentState::word)
                .toList());
    }
}
