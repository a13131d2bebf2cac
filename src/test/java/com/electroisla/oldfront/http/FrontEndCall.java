package com.electroisla.oldfront.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A call of the old front end: who may make it, how it is made, what is read of its answer, and what is refused. */
final class FrontEndCall {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The roles that may make a call. */
    enum Who {
        ANYBODY(),
        SIGNED_IN("cliente", "mensajero", "trabajador", "admin"),
        DELIVERY("mensajero", "trabajador", "admin"),
        SHOP("trabajador", "admin"),
        ADMIN("admin");

        final List<String> roles;

        Who(String... roles) {
            this.roles = List.of(roles);
        }
    }

    /** Something of another person's: who asks for it, by which id, and the status that they get. */
    record Foreign(int user, long id, int status) {}

    final String method;
    /** The address as it is described, with {@code {id}} where an id is. */
    final String path;

    final Who who;
    /** The address with an id and a query. */
    String target;

    /** Whether the body's fields are sent as a form that can have files. */
    boolean form;

    int status = 200;
    /** The fields of the answer that the page reads, each with its type. */
    List<String> reads = List.of();
    /** The life of the cookie in the answer; -1: the answer has none. */
    int cookieSeconds = -1;

    /** The status for an id that is none. */
    int noRow = 404;
    /** The status for a field of another type. */
    int wrongField = 400;

    List<String> wrongQueries = List.of();
    final List<Foreign> foreign = new ArrayList<>();
    private Supplier<String> body = () -> "";

    FrontEndCall(String method, String path, Who who) {
        this.method = method;
        this.path = path;
        this.who = who;
        this.target = path;
    }

    FrontEndCall at(long id) {
        target = path.replace("{id}", Long.toString(id));
        return this;
    }

    FrontEndCall query(String query) {
        target = path + "?" + query;
        return this;
    }

    /** @param json with single quotes for double ones */
    FrontEndCall sends(Supplier<String> json) {
        body = () -> json.get().replace('\'', '"');
        return this;
    }

    FrontEndCall sends(String json) {
        return sends(() -> json);
    }

    FrontEndCall sendsForm(String json) {
        form = true;
        return sends(json);
    }

    /** @param fields one or more in each text, such as {@code "id int, nombre text"} */
    FrontEndCall answers(int answered, String... fields) {
        status = answered;
        reads = Stream.of(fields).flatMap(each -> Stream.of(each.split(", "))).toList();
        return this;
    }

    FrontEndCall cookie(int seconds) {
        cookieSeconds = seconds;
        return this;
    }

    FrontEndCall withoutRow(int refused) {
        noRow = refused;
        return this;
    }

    FrontEndCall withWrongField(int answered) {
        wrongField = answered;
        return this;
    }

    FrontEndCall wrongQueries(String... queries) {
        wrongQueries = List.of(queries);
        return this;
    }

    FrontEndCall foreign(int user, long id, int refused) {
        foreign.add(new Foreign(user, id, refused));
        return this;
    }

    String named() {
        return method + " " + path;
    }

    String body() {
        return body.get();
    }

    /** The fields of the body; none if it sends no body. */
    ObjectNode fields() {
        return body().isEmpty() ? JSON.createObjectNode() : (ObjectNode) read(body());
    }

    /** The body with one field after the other of another type than its own. */
    List<ObjectNode> bodiesOfWrongTypes() {
        List<ObjectNode> wrong = new ArrayList<>();
        for (var field : fields().properties()) {
            for (String value : others(field.getValue())) {
                ObjectNode whole = fields();
                whole.set(field.getKey(), read(value));
                wrong.add(whole);
            }
        }
        return wrong;
    }

    private List<String> others(JsonNode value) {
        if (form) {
            return value.textValue().matches("[0-9.]+|true|false") ? List.of("\"a\"", "\"-1\"", "\"[]\"") : List.of();
        }
        return switch (value.getNodeType()) {
            case NUMBER -> List.of("\"1\"", "1.5", "true", "[]", "{}");
            case BOOLEAN -> List.of("\"true\"", "1", "[]", "{}");
            case OBJECT -> List.of("\"a\"", "1", "true", "[]");
            default -> List.of("1", "true", "[]", "{}");
        };
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException wrong) {
            throw new AssertionError(json, wrong);
        }
    }
}
