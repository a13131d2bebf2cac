package com.electroisla.http.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.groupcommit.Reply;
import com.electroisla.http.Answer;
import com.electroisla.http.Language;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.KeptAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Every reply of the core has its answer. */
class RepliesTest {
    private static final Function<String, Answer> WORDS = Answer::ok;
    private static final KeptAnswer FIRST = new KeptAnswer(201, "first".getBytes(StandardCharsets.UTF_8));

    @Test
    void an_outcome_is_put_into_words_unless_its_answer_is_kept() {
        assertEquals("\"hold\"", body(answer(new Reply.Decided<>("hold", Optional.empty()))));
        assertEquals("first", body(answer(new Reply.Decided<>("hold", Optional.of(FIRST)))));
        Answer kept = answer(new Reply.Kept<>(FIRST));
        assertEquals(201, kept.status());
        assertArrayEquals(FIRST.body(), kept.body());
    }

    @Test
    void where_there_is_no_outcome_the_answer_says_why_and_when_to_come_back() {
        assertRefused(422, "clave_reutilizada", null, new Reply.KeyReused<>());
        assertRefused(503, "servicio_ocupado", "1", new Reply.Busy<>());
        assertRefused(503, "base_de_datos_no_disponible", "2", new Reply.Unavailable<>());
        assertRefused(503, "resultado_desconocido", "2", new Reply.Unknown<>());
        assertRefused(500, "error_interno", null, new Reply.Failed<>());
        assertRefused(401, "no_autenticado", null, new Reply.Gone<>(Reply.Missing.USER));
        assertRefused(404, "producto_no_encontrado", null, new Reply.Gone<>(Reply.Missing.PRODUCT));
    }

    @Test
    void what_is_decided_and_cannot_be_put_into_words_is_unknown_and_no_fault_of_the_request() {
        Answer answer = Replies.answer(new Reply.Decided<>("hold", Optional.empty()), Language.SPANISH, outcome -> {
            throw new StackOverflowError("no room for words");
        });
        assertEquals(503, answer.status());
        assertTrue(body(answer).contains("resultado_desconocido"));
    }

    @Test
    void what_was_done_and_the_domains_own_refusals_are_kept_and_nothing_else() {
        for (int status : new int[] {200, 201, 204, 400, 404, 409}) {
            assertTrue(isKept(status), () -> status + " is kept");
        }
        for (int status : new int[] {401, 403, 422, 429, 500, 503}) {
            assertFalse(isKept(status), () -> status + " is not kept");
        }
        assertTrue(Replies.keeping(Optional.empty(), WORDS).isEmpty());
    }

    private static boolean isKept(int status) {
        var key = Optional.of(IdempotencyKey.of(1, "POST", "/api/carrito/checkout/", "clave", new byte[0]));
        return Replies.<String>keeping(key, outcome -> new Answer(status, new byte[0], Map.of()))
                .orElseThrow()
                .answer()
                .apply("")
                .isPresent();
    }

    private static void assertRefused(int status, String code, String retryAfter, Reply<String> reply) {
        Answer answer = answer(reply);
        assertEquals(status, answer.status());
        assertTrue(body(answer).contains("\"code\":\"" + code + "\""), () -> body(answer));
        assertEquals(retryAfter, answer.headers().get("Retry-After"));
    }

    private static Answer answer(Reply<String> reply) {
        return Replies.answer(reply, Language.SPANISH, WORDS);
    }

    private static String body(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
