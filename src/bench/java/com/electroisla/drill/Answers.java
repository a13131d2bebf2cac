package com.electroisla.drill;

import com.electroisla.drill.Ending.Told;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Parses the shop's answers. */
final class Answers {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Answers() {}

    static Told told(Act act, byte[] body) {
        JsonNode json = parse(body);
        return switch (act) {
            case Act.Add _, Act.EmptyCart _ -> new Told.Cart(cart(json));
            case Act.Checkout _ -> new Told.Holds(holds(json));
            case Act.GiveUp _ ->
                new Told.GivenUp(json.required("reservas_canceladas").intValue());
            case Act.Pay _ -> new Told.Order(json.required("id").longValue(), lines(json));
            case Act.ReturnOrder(long order) -> new Told.Returned(order);
        };
    }

    static String code(byte[] body) {
        return parse(body).path("code").asText();
    }

    static JsonNode parse(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    private static Map<Long, Integer> cart(JsonNode json) {
        Map<Long, Integer> lines = new TreeMap<>();
        json.required("items")
                .forEach(item -> lines.merge(
                        item.required("product").required("id").longValue(),
                        item.required("quantity").intValue(),
                        Integer::sum));
        return lines;
    }

    private static List<Ending.Hold> holds(JsonNode json) {
        List<Ending.Hold> holds = new ArrayList<>();
        json.required("reservas")
                .forEach(hold -> holds.add(new Ending.Hold(
                        hold.required("id").longValue(),
                        DrillShelf.product(hold.required("producto").textValue()),
                        hold.required("cantidad").intValue(),
                        Instant.parse(hold.required("expires_at").textValue()))));
        return holds;
    }

    private static Map<Long, Integer> lines(JsonNode order) {
        Map<Long, Integer> lines = new TreeMap<>();
        order.required("detalles")
                .forEach(line -> lines.merge(
                        line.required("product_id").longValue(),
                        line.required("cantidad").intValue(),
                        Integer::sum));
        return lines;
    }
}
