package com.electroisla.drill;

import com.electroisla.drill.BuyerAccounts.Account;
import com.electroisla.drill.ShopClient.Reply;
import com.electroisla.drill.ShopClient.Request;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One buyer who pays through the provider {@code prueba}, and that provider in one person: begins a payment, and then
 * tells of it as providers do, once, twice, never, in another order, too late, of another sum, or while the buyer gives
 * up.
 *
 * <p>A payment is begun under a key until it is known. An event is told until a server has heard it, as every provider
 * does; one that nobody heard to the end may have been done or not.
 */
final class Payer implements Callable<Boolean> {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
    private static final int LARGEST_PAUSE_MILLIS = 60;
    /** After a payment's time; the buyer's clock is the database's, on one machine. */
    private static final int LATE_BY_MILLIS = 300;

    private static final BigDecimal SOMETHING = new BigDecimal("1.00");

    private final ShopClient client;
    private final int[] ports;
    private final Account account;
    private final PlayedProvider provider;
    private final Duration window;
    private final Tally tally;
    private final Random random;
    private final CountDownLatch stop;
    private final CountDownLatch giveUp;

    /**
     * @param window how long the servers let a payment keep its units
     * @param stop once it is open, no new payment is begun
     * @param giveUp once it is open, nothing is repeated either
     */
    Payer(
            ShopClient client,
            int[] ports,
            Account account,
            PlayedProvider provider,
            Duration window,
            Tally tally,
            long seed,
            CountDownLatch stop,
            CountDownLatch giveUp) {
        this.client = client;
        this.ports = ports;
        this.account = account;
        this.provider = provider;
        this.window = window;
        this.tally = tally;
        this.random = new Random(seed);
        this.stop = stop;
        this.giveUp = giveUp;
    }

    /** A payment that was begun. */
    private record Begun(long id, BigDecimal amount) {}

    @Override
    public Boolean call() throws InterruptedException {
        while (!stop.await(random.nextInt(LARGEST_PAUSE_MILLIS), TimeUnit.MILLISECONDS)) {
            ask(
                    "POST",
                    "/api/carrito/agregar/",
                    "{\"product_id\": " + DrillShelf.any(random) + ", \"quantity\": " + (1 + random.nextInt(2)) + "}",
                    Optional.empty());
            ask("POST", "/api/carrito/checkout/", "", Optional.empty());
            Optional<Begun> begun = begin();
            if (begun.isPresent()) {
                tally.payments.increment();
                play(begun.get());
            }
        }
        return true;
    }

    /** Begins a payment under a key, again until it is known whether it was begun. */
    private Optional<Begun> begin() throws InterruptedException {
        Optional<String> key = Optional.of(UUID.randomUUID().toString());
        String body = "{\"metodo_pago\": \"tarjeta\", \"direccion_entrega\": \"Calle 23\", \"telefono\": \"555-0100\"}";
        boolean open = false;
        do {
            switch (ask("POST", "/api/pagos/", body, key)) {
                case Reply.Answered(int status, byte[] answer)
                when status == 201 -> {
                    JsonNode json = Answers.parse(answer);
                    return Optional.of(new Begun(
                            json.required("id").longValue(),
                            new BigDecimal(json.required("importe").asText())));
                }
                case Reply.Answered(int status, byte[] _)
                when status != 503 -> {
                    return Optional.empty();
                }
                case Reply.Answered _, Reply.Broken _ -> open = true;
                case Reply.NotSent _ -> {
                    if (!open && stop.getCount() == 0) {
                        return Optional.empty();
                    }
                }
            }
        } while (!giveUp.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS));
        return Optional.empty();
    }

    private void play(Begun payment) throws InterruptedException {
        switch (random.nextInt(10)) {
            case 0 -> {
                // The provider never says a word.
            }
            case 1 -> {
                refuse(payment);
                pay(payment, 1, payment.amount());
            }
            case 2 -> {
                pay(payment, 1, payment.amount());
                refuse(payment);
            }
            case 3 -> pay(payment, 1, payment.amount().add(SOMETHING));
            case 4 -> {
                pay(payment, 1, payment.amount());
                pay(payment, 2, payment.amount());
            }
            case 5 -> {
                waitUntilLate();
                pay(payment, 1, payment.amount());
            }
            case 6 -> {
                cancel(payment);
                pay(payment, 1, payment.amount());
            }
            case 7 -> {
                var cancelling = Thread.startVirtualThread(() -> cancel(payment));
                pay(payment, 1, payment.amount());
                cancelling.join();
            }
            case 8 -> {
                pay(payment, 1, payment.amount());
                pay(payment, 1, payment.amount());
            }
            default -> pay(payment, 1, payment.amount());
        }
    }

    private void waitUntilLate() throws InterruptedException {
        giveUp.await(window.toMillis() + LATE_BY_MILLIS + random.nextInt(LATE_BY_MILLIS), TimeUnit.MILLISECONDS);
    }

    private void pay(Begun payment, int number, BigDecimal amount) throws InterruptedException {
        String charge = "simulacro-" + payment.id() + "-" + number;
        boolean wrong = amount.compareTo(payment.amount()) != 0;
        provider.told(new ToldCharge(charge, payment.id(), amount, false, wrong));
        byte[] event = provider.paid(payment.id(), charge, amount);
        if (tell(event)) {
            provider.told(new ToldCharge(charge, payment.id(), amount, true, wrong));
        } else {
            tally.odd("nadie oyó el cobro " + charge);
        }
        if (random.nextInt(10) == 0) {
            tell(event);
        }
    }

    private void refuse(Begun payment) throws InterruptedException {
        tell(provider.refused(payment.id()));
    }

    /** Tells a server of an event until one has heard it; to both at once now and then. */
    private boolean tell(byte[] event) throws InterruptedException {
        if (random.nextInt(10) == 0) {
            List.of(ports[0], ports[1]).parallelStream().forEach(port -> provider.send(client, port, event));
        }
        do {
            tally.requests.increment();
            switch (provider.send(client, ports[random.nextInt(ports.length)], event)) {
                case Reply.Answered(int status, byte[] _)
                when status == 200 -> {
                    tally.oneDone();
                    return true;
                }
                case Reply.Answered(int status, byte[] _) when status == 503 -> tally.away.increment();
                case Reply.Answered(int status, byte[] body) -> {
                    tally.odd("el evento " + new String(event, StandardCharsets.UTF_8) + " se contestó " + status + " "
                            + new String(body, StandardCharsets.UTF_8));
                    return false;
                }
                case Reply.Broken _, Reply.NotSent _ -> {
                    // The provider tells again.
                }
            }
        } while (!giveUp.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS));
        return false;
    }

    private void cancel(Begun payment) {
        ask("POST", "/api/pagos/" + payment.id() + "/cancelar/", "", Optional.empty());
    }

    private Reply ask(String method, String path, String body, Optional<String> key) {
        tally.requests.increment();
        Reply reply =
                client.send(ports[random.nextInt(ports.length)], new Request(method, path, account.token(), key, body));
        switch (reply) {
            case Reply.Answered(int status, byte[] _) when status == 200 || status == 201 -> tally.oneDone();
            case Reply.Answered(int status, byte[] _) when status == 503 -> tally.away.increment();
            case Reply.Answered(int status, byte[] _)
            when status == 400 || status == 404 || status == 409 -> tally.refused.increment();
            case Reply.Answered(int status, byte[] answer) ->
                tally.odd(path + ": " + status + " " + new String(answer, StandardCharsets.UTF_8));
            case Reply.Broken _, Reply.NotSent _ -> tally.neverSent.increment();
        }
        return reply;
    }
}
