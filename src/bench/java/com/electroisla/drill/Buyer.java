package com.electroisla.drill;

import com.electroisla.drill.BuyerAccounts.Account;
import com.electroisla.drill.Ending.Done;
import com.electroisla.drill.Ending.Refused;
import com.electroisla.drill.Ending.Told;
import com.electroisla.drill.Ending.Unknown;
import com.electroisla.drill.ShopClient.Reply;
import com.electroisla.drill.ShopClient.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One buyer: takes an account, acts at random, gives it back and takes another, until told to stop.
 *
 * <p>Invariant: an act is written into the account's history with a certain ending. When the outcome is unknown, the
 * request is repeated with its key until it is known; without a key the account is set aside with that act as its
 * last.
 */
final class Buyer implements Callable<Boolean> {
    private static final int ACTS_AN_ACCOUNT = 40;
    private static final int LARGEST_PAUSE_MILLIS = 40;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
    private static final double KEYED = 0.7;
    private static final double CLICKED_TWICE = 0.05;
    private static final double REPEATED = 0.05;
    private static final String PAYMENT =
            "{\"metodo_pago\": \"tarjeta\", \"direccion_entrega\": \"Calle 23\", \"telefono\": \"555-0100\"}";

    private final ShopClient client;
    private final int[] ports;
    private final BuyerAccounts accounts;
    private final Tally tally;
    private final Random random;
    private final CountDownLatch stop;
    private final CountDownLatch giveUp;

    /**
     * @param stop once it is open, no new act is begun
     * @param giveUp once it is open, no request is repeated either
     */
    Buyer(
            ShopClient client,
            int[] ports,
            BuyerAccounts accounts,
            Tally tally,
            long seed,
            CountDownLatch stop,
            CountDownLatch giveUp) {
        this.client = client;
        this.ports = ports;
        this.accounts = accounts;
        this.tally = tally;
        this.random = new Random(seed);
        this.stop = stop;
        this.giveUp = giveUp;
    }

    @Override
    public Boolean call() throws InterruptedException {
        while (stop.getCount() > 0) {
            Account account = accounts.take();
            if (account == null) {
                tally.odd("no quedan cuentas: demasiadas apartadas");
                return false;
            }
            if (shopWith(account)) {
                accounts.giveBack(account);
            }
        }
        return true;
    }

    /** Acts with the account; false when it must not be used again. */
    private boolean shopWith(Account account) throws InterruptedException {
        for (int i = 0;
                i < ACTS_AN_ACCOUNT && !stop.await(random.nextInt(LARGEST_PAUSE_MILLIS), TimeUnit.MILLISECONDS);
                i++) {
            if (random.nextInt(5) == 0) {
                read(account);
                continue;
            }
            Act act = anyAct(account);
            Optional<String> key =
                    random.nextDouble() < KEYED ? Optional.of(UUID.randomUUID().toString()) : Optional.empty();
            Optional<Ending> ending = perform(request(act, account.token(), key), act);
            ending.ifPresent(known -> account.steps.add(new Step(act, known)));
            if (ending.isPresent() && ending.get() instanceof Unknown) {
                tally.setAside.increment();
                return false;
            }
        }
        return true;
    }

    private Act anyAct(Account account) {
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5 ->
                new Act.Add(DrillShelf.any(random), random.nextInt(50) == 0 ? 999 : 1 + random.nextInt(3));
            case 6, 7, 8, 9, 10, 11 -> new Act.Checkout();
            case 12, 13, 14, 15, 16 -> new Act.Pay();
            case 17 -> new Act.GiveUp();
            case 18 -> anyOrder(account).<Act>map(Act.ReturnOrder::new).orElse(new Act.Checkout());
            default -> random.nextInt(3) == 0 ? new Act.EmptyCart() : new Act.Add(DrillShelf.any(random), 1);
        };
    }

    private Optional<Long> anyOrder(Account account) {
        List<Long> orders = account.steps.stream()
                .filter(step -> step.ending() instanceof Done(Told.Order _))
                .map(step -> ((Told.Order) ((Done) step.ending()).told()).id())
                .toList();
        return orders.isEmpty() ? Optional.empty() : Optional.of(orders.get(random.nextInt(orders.size())));
    }

    private static Request request(Act act, String token, Optional<String> key) {
        return switch (act) {
            case Act.Add(long product, int quantity) ->
                new Request(
                        "POST",
                        "/api/carrito/agregar/",
                        token,
                        key,
                        "{\"product_id\": " + product + ", \"quantity\": " + quantity + "}");
            case Act.EmptyCart _ -> new Request("POST", "/api/carrito/vaciar/", token, key, "");
            case Act.Checkout _ -> new Request("POST", "/api/carrito/checkout/", token, key, "");
            case Act.GiveUp _ -> new Request("POST", "/api/carrito/checkout/cancelar/", token, key, "");
            case Act.Pay _ -> new Request("POST", "/api/pedidos/", token, key, PAYMENT);
            case Act.ReturnOrder(long order) ->
                new Request("POST", "/api/pedidos/" + order + "/cancelar/", token, key, "");
        };
    }

    private void read(Account account) {
        Optional<Long> order = anyOrder(account);
        String path = switch (random.nextInt(4)) {
            case 0 -> "/api/productos/?page_size=20&page=" + (1 + random.nextInt(2));
            case 1 -> "/api/productos/?search=producto&disponible=true";
            case 2 -> "/api/carrito/";
            default -> order.map(id -> "/api/pedidos/" + id + "/").orElse("/api/reservas/");
        };
        tally.requests.increment();
        tally.reads.increment();
        switch (client.send(anyPort(), new Request("GET", path, account.token(), Optional.empty(), ""))) {
            case Reply.Answered(int status, byte[] _) when status == 200 -> tally.done.increment();
            case Reply.Answered(int status, byte[] _) when status == 503 -> tally.away.increment();
            case Reply.Answered(int status, byte[] body) -> tally.odd("GET " + path + ": " + status + " " + text(body));
            case Reply.Broken _, Reply.NotSent _ -> {
                // The request changes nothing.
            }
        }
    }

    /** The result of an attempt: a certain ending, a refusal without effect that may be repeated, or nothing. */
    private sealed interface Try {
        record Certain(Ending ending, byte[] body) implements Try {}

        record Away(String code) implements Try {}

        record Open() implements Try {}

        record NotSent() implements Try {}
    }

    /** The certain ending; empty when the request was never sent. */
    private Optional<Ending> perform(Request request, Act act) throws InterruptedException {
        boolean open = false;
        while (true) {
            Try told = !open && request.key().isPresent() && random.nextDouble() < CLICKED_TWICE
                    ? clickTwice(request, act)
                    : once(anyPort(), request, act);
            switch (told) {
                case Try.Certain(Ending ending, byte[] body) -> {
                    if (open) {
                        tally.resolved.increment();
                    }
                    if (ending instanceof Done) {
                        tally.oneDone();
                    } else {
                        tally.refused.increment();
                    }
                    if (request.key().isPresent() && random.nextDouble() < REPEATED) {
                        repeat(request, act, body);
                    }
                    return Optional.of(ending);
                }
                // A refusal now says nothing about an earlier attempt with an unknown outcome.
                case Try.Away(String code) -> {
                    tally.away.increment();
                    if (!open) {
                        return Optional.of(new Refused(503, code));
                    }
                }
                case Try.NotSent _ -> {
                    tally.neverSent.increment();
                    if (!open && stop.getCount() == 0) {
                        return Optional.empty();
                    }
                }
                case Try.Open _ -> {
                    if (!open) {
                        tally.unknown.increment();
                    }
                    if (request.key().isEmpty()) {
                        return Optional.of(new Unknown());
                    }
                    open = true;
                }
            }
            if (giveUp.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS)) {
                if (open) {
                    tally.odd("una clave no contestó hasta el final: " + act);
                    return Optional.of(new Unknown());
                }
                return Optional.empty();
            }
        }
    }

    private Try once(int port, Request request, Act act) {
        tally.requests.increment();
        return read(client.send(port, request), act);
    }

    private Try read(Reply reply, Act act) {
        return switch (reply) {
            case Reply.NotSent _ -> new Try.NotSent();
            case Reply.Broken _ -> new Try.Open();
            case Reply.Answered(int status, byte[] body)
            when status == 200 || status == 201 -> new Try.Certain(new Done(Answers.told(act, body)), body);
            case Reply.Answered(int status, byte[] body)
            when status == 400 || status == 404 || status == 409 ->
                new Try.Certain(new Refused(status, Answers.code(body)), body);
            case Reply.Answered(int status, byte[] body)
            when status == 503 -> {
                String code = Answers.code(body);
                if (code.equals("resultado_desconocido")) {
                    tally.saidUnknown.increment();
                    yield new Try.Open();
                }
                yield new Try.Away(code);
            }
            case Reply.Answered(int status, byte[] body) -> {
                tally.odd(act + ": " + status + " " + text(body));
                yield new Try.Open();
            }
        };
    }

    /**
     * Sends the same request with the same key to both servers at once: one takes effect, and both answers must be the
     * same.
     */
    private Try clickTwice(Request request, Act act) {
        List<CompletableFuture<Reply>> replies = Arrays.stream(ports)
                .mapToObj(port -> client.sendAsync(port, request))
                .toList();
        tally.requests.add(ports.length);
        List<Try> tries = new ArrayList<>(
                replies.stream().map(reply -> read(reply.join(), act)).toList());
        List<Try.Certain> certain = tries.stream()
                .filter(Try.Certain.class::isInstance)
                .map(Try.Certain.class::cast)
                .toList();
        if (!certain.isEmpty()) {
            certain.forEach(each -> compare(act, certain.getFirst().body(), each.body()));
            return certain.getFirst();
        }
        return tries.stream()
                .filter(Try.Open.class::isInstance)
                .findFirst()
                .or(() -> tries.stream().filter(Try.Away.class::isInstance).findFirst())
                .orElse(new Try.NotSent());
    }

    private void repeat(Request request, Act act, byte[] first) {
        if (once(anyPort(), request, act) instanceof Try.Certain(Ending _, byte[] body)) {
            compare(act, first, body);
        }
    }

    private void compare(Act act, byte[] first, byte[] again) {
        tally.repeats.increment();
        if (!Arrays.equals(first, again)) {
            tally.odd(act + " con la misma clave contestó primero " + text(first) + " y después " + text(again));
        }
    }

    private int anyPort() {
        return ports[random.nextInt(ports.length)];
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
