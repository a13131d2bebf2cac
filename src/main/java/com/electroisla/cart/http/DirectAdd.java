package com.electroisla.cart.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.http.DirectCalls;
import com.electroisla.accounts.http.SignedInCall;
import com.electroisla.cart.CartOutcome;
import com.electroisla.cart.Carts;
import com.electroisla.http.server.FastPaths;
import com.electroisla.http.server.Replies;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Adding to the cart as a direct call; all others, and unfit bodies, go to {@link CartResource}. */
@Singleton
final class DirectAdd {
    private static final String PATH = "/api/carrito/agregar";

    private final Instance<Accounts> accounts;
    private final Instance<Carts> carts;

    @Inject
    DirectAdd(Instance<Accounts> accounts, Instance<Carts> carts) {
        this.accounts = accounts;
        this.carts = carts;
    }

    void register(@Observes FastPaths paths) {
        paths.post(PATH, context -> DirectCalls.answers(context, accounts.get(), this::add));
    }

    private DirectCalls.Begun<CartOutcome> add(SignedInCall call) {
        var key = DirectCalls.key(call);
        var request = CartAnswers.add(call, DirectCalls.body(call));
        var words = CartAnswers.of(call, 201);
        return new DirectCalls.Begun<>(
                carts.get().submitLater(request, Replies.keeping(key, words::answer)), words::sent);
    }
}
