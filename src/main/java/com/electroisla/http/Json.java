package com.electroisla.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON. Record components in camelCase are snake_case in JSON. Reading is strict: no number for a
 * text, no text for a number, no fraction for a whole number, no duplicate names, no broken UTF-8, no NUL characters
 * and no half surrogate pairs (PostgreSQL cannot store them), no number that takes a page to write out. Unknown names
 * are ignored, as in the old shop.
 */
public final class Json {
    /**
     * Buffers come from one pool. Jackson's default keeps them per thread, and each request has a new virtual thread:
     * its 16 KiB of new buffers were two thirds of all memory that a checkout allocated
     * (docs/decisions/0007-benchmark.md).
     */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .build();

    private static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual, config -> {
                config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
            })
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, new InstantSerializer())
                    .addDeserializer(String.class, new TextDeserializer())
                    .addDeserializer(Number.class, new NumberDeserializer()))
            .build();

    private Json() {}

    /** The value as UTF-8 JSON. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * Reads a request's body.
     *
     * @param contentType the request's header; only {@code application/json} is read
     * @throws ProblemException 400 or 415 with the field that is wrong
     */
    public static <T> T read(byte[] body, @Nullable String contentType, Class<T> type) {
        if (contentType == null || !contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw Problem.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE).exception();
        }
        try {
            T value = MAPPER.readValue(utf8(body), type);
            if (value == null) {
                throw Problem.of(ErrorCode.INVALID_JSON).exception();
            }
            return value;
        } catch (JsonMappingException wrongField) {
            String field = wrongField.getPath().isEmpty()
                    ? null
                    : wrongField.getPath().getLast().getFieldName();
            if (field == null || wrongField.getCause() instanceof com.fasterxml.jackson.core.JsonParseException) {
                throw Problem.of(ErrorCode.INVALID_JSON).exception();
            }
            throw Problem.invalidField(field, "campo_tipo").exception();
        } catch (JsonProcessingException | CharacterCodingException malformed) {
            throw Problem.of(ErrorCode.INVALID_JSON).exception();
        }
    }

    private static String utf8(byte[] body) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    }

    private static final class InstantSerializer extends StdScalarSerializer<Instant> {
        InstantSerializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.toString());
        }
    }

    private static final class TextDeserializer extends StdScalarDeserializer<String> {
        TextDeserializer() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser in, DeserializationContext context) throws IOException {
            String text = in.currentToken() == com.fasterxml.jackson.core.JsonToken.VALUE_STRING ? in.getText() : null;
            if (text == null || text.codePoints().anyMatch(TextDeserializer::isUnstorable)) {
                return (String) context.handleUnexpectedToken(String.class, in);
            }
            return text;
        }

        /**
         * Whether a code point cannot be stored. A surrogate appears among the code points of a text only if its other
         * half is missing.
         */
        private static boolean isUnstorable(int codePoint) {
            return codePoint == 0 || Character.getType(codePoint) == Character.SURROGATE;
        }
    }

    /**
     * Reads a number where any value may be. Ten characters, {@code 1e999999999}, are a number of a gigabyte as soon as
     * somebody writes it out or computes with it; no field of ours needs one of that kind.
     */
    private static final class NumberDeserializer extends StdScalarDeserializer<Number> {
        private static final int LONGEST_SCALE = 20;
        private static final int MOST_DIGITS = 40;

        NumberDeserializer() {
            super(Number.class);
        }

        @Override
        public Number deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return switch (in.currentToken()) {
                case VALUE_NUMBER_INT -> in.getNumberValue();
                case VALUE_NUMBER_FLOAT -> harmless(in, context);
                default -> (Number) context.handleUnexpectedToken(Number.class, in);
            };
        }

        private static Number harmless(JsonParser in, DeserializationContext context) throws IOException {
            BigDecimal number = in.getDecimalValue();
            if (Math.abs((long) number.scale()) > LONGEST_SCALE || number.precision() > MOST_DIGITS) {
                return (Number) context.handleWeirdNumberValue(Number.class, number, "too large or too fine");
            }
            return number;
        }
    }
}
