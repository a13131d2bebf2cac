package com.electroisla.payment.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;

/** JSON of providers: amounts without rounding, no name twice, nothing after the end. */
final class ProviderJson {
    /** The largest amount that a row can have. */
    private static final BigDecimal LARGEST = new BigDecimal("99999999.99");

    private static final int DEEPEST = 100;
    private static final int LONGEST_NUMBER = 40;
    private static final int LONGEST_NAME = 250;

    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ProviderJson() {}

    /** The object; empty for anything else. */
    static Optional<JsonNode> read(byte[] body) {
        try {
            return Optional.ofNullable(MAPPER.readTree(body)).filter(JsonNode::isObject);
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }

    /** A text, or a number as text; empty text for anything else. */
    static String text(JsonNode node, String... path) {
        JsonNode found = node;
        for (String name : path) {
            found = found.path(name);
        }
        return found.isTextual() || found.isNumber() ? found.asText() : "";
    }

    /** The number of a payment of ours. */
    static Optional<Long> payment(String text) {
        return text.matches("[1-9][0-9]{0,17}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    /** A name of the provider's that a row can keep. */
    static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_NAME
                && text.chars().allMatch(character -> character > ' ' && character < 0x7f);
    }

    /** An amount from zero on; more than a row can have counts as the largest, which nobody asked for either. */
    static Optional<BigDecimal> amount(String text) {
        if (!text.matches("[0-9]{1,15}(\\.[0-9]{1,10})?")) {
            return Optional.empty();
        }
        return Optional.of(most(new BigDecimal(text)));
    }

    static BigDecimal most(BigDecimal amount) {
        return amount.min(LARGEST);
    }
}
