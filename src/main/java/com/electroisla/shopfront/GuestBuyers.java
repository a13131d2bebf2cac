package com.electroisla.shopfront;

import com.electroisla.accounts.Client;
import com.electroisla.accounts.Guest;
import com.electroisla.accounts.GuestCookie;
import com.electroisla.accounts.Guests;
import com.electroisla.accounts.Guests.Begun;
import com.electroisla.accounts.Unfit;
import com.electroisla.cart.CartRequest;
import com.electroisla.cart.Carts;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.groupcommit.CartLocks;
import com.electroisla.groupcommit.LockedCart;
import com.electroisla.order.OrderLinks;
import com.electroisla.order.Orders;
import com.electroisla.reservation.HandOver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Buying without an account, and what becomes of it when the buyer has one after all.
 *
 * <p>Locks: the guest's row, then the carts in id order, then as everywhere. Whatever joins two buyers has both carts,
 * so no batch decides about either meanwhile, and of two tabs one finds nothing left to do.
 */
public final class GuestBuyers {
    private final Database database;
    private final DatabaseClock clock;
    private final Guests guests;

    public GuestBuyers(Database database, DatabaseClock clock, Guests guests) {
        this.database = database;
        this.clock = clock;
        this.guests = guests;
    }

    public Optional<Guest> find(GuestCookie cookie) {
        return guests.find(cookie);
    }

    public Begun begin(String token, Client client) {
        return guests.begin(token, client);
    }

    /** Name and address of a guest, typed before the checkout. */
    public record Introduction(String name, String email, Locale language, Client client) {
        Introduction or(Guest known) {
            return name.isEmpty() && email.isEmpty()
                    ? new Introduction(known.name(), known.email(), language, client)
                    : this;
        }

        /** Without name and address. */
        @Override
        public String toString() {
            return "Introduction";
        }
    }

    /** The outcome of an introduction. */
    public sealed interface Introduced {
        /**
         * @param userId the guest, another one if this browser's had another address
         * @param token the cookie's value from now on
         */
        record Ready(int userId, String token) implements Introduced {
            @Override
            public String toString() {
                return "Ready[" + userId + "]";
            }
        }

        record Invalid(Unfit unfit) implements Introduced {}

        /** Too many guests hold units, from this network or with this address. */
        record TooMany() implements Introduced {}

        /** The cart has become an account's meanwhile. */
        record Gone() implements Introduced {}
    }

    /**
     * Keeps a guest's name and address before units are held. From now on the cookie's next token opens the cart, and
     * no other. Whoever types another address than last time is another guest, with the same cart.
     *
     * @param given empty fields: as last time
     */
    public Introduced introduce(Guest guest, GuestCookie cookie, Introduction given, String agent) {
        Introduction typed = given.or(guest);
        Optional<Unfit> unfit = Guests.problem(typed.name(), typed.email());
        if (unfit.isPresent()) {
            return new Introduced.Invalid(unfit.get());
        }
        return database.inTransactionOfManyLocks(handle -> {
            Optional<Integer> locked = guests.lock(handle, cookie);
            if (locked.isEmpty()) {
                return new Introduced.Gone();
            }
            int present = locked.get();
            Instant now = clock.now(handle);
            if (!guests.mayHold(handle, present, typed.email(), typed.client(), now)) {
                return new Introduced.TooMany();
            }
            Optional<String> known = guests.address(handle, present);
            boolean same = known.filter(typed.email()::equalsIgnoreCase).isPresent();
            int user = known.isEmpty() || same ? present : another(handle, present, cookie, typed, agent, now);
            String token = same ? guest.cookie().orElse(cookie.token()) : cookie.next();
            String email = same ? known.get() : typed.email();
            guests.introduce(handle, user, token, typed.name(), email, typed.language(), typed.client(), now);
            return new Introduced.Ready(user, token);
        });
    }

    private int another(Handle handle, int present, GuestCookie cookie, Introduction typed, String agent, Instant now) {
        guests.leave(handle, present);
        int other = guests.another(handle, cookie, now);
        var caller = new CartRequest.Caller(other, typed.client().addressText(), agent);
        join(handle, present, caller);
        return other;
    }

    /** The guest's units are sold or free again; without effect on others. */
    public void noLongerHolds(int user) {
        guests.noLongerHolds(user);
    }

    /**
     * The cart and the holds that came along when a guest signed in.
     *
     * @param held whether units are still held, and can be paid now
     */
    public record Joined(Carts.Merged cart, boolean held) {
        public boolean isEmpty() {
            return cart.isEmpty() && !held;
        }
    }

    /**
     * Takes the guest's cart and living holds into the account of a user who signed in, once. The cookie opens nothing
     * any more.
     *
     * @return empty when there is no such guest any more
     */
    public Optional<Joined> join(GuestCookie cookie, CartRequest.Caller account) {
        return database.inTransactionOfManyLocks(
                handle -> guests.lock(handle, cookie).flatMap(guest -> {
                    guests.leave(handle, guest);
                    return join(handle, guest, account);
                }));
    }

    private Optional<Joined> join(Handle handle, int guest, CartRequest.Caller into) {
        Map<Integer, LockedCart> carts = CartLocks.lockOrMakeAll(handle, List.of(guest, into.userId()), clock);
        LockedCart from = carts.get(guest);
        LockedCart to = carts.get(into.userId());
        if (from == null || to == null) {
            return Optional.empty();
        }
        Instant now = clock.now(handle);
        // First the holds: units that the guest holds are free for the account then.
        boolean held = HandOver.ofHolds(handle, guest, into.userId(), now);
        return Optional.of(new Joined(Carts.merge(handle, from, to, into, now), held));
    }

    /** The order behind a link of a letter to its guest. */
    public Optional<OrderLinks.Opened> open(String token) {
        return database.read(handle -> OrderLinks.open(handle, token, clock.now(handle)));
    }

    /** Whether the account has this address. */
    public boolean isAddressOf(int account, String email) {
        return database.read(handle -> guests.accountAddress(handle, account))
                .filter(email::equalsIgnoreCase)
                .isPresent();
    }

    /**
     * Gives the orders of the guest behind a link to the account of a user with the same address, who has shown with
     * the link that they read its mail.
     *
     * @return how many orders; 0 for a link that opens nothing, or an account with another address
     */
    public int takeOver(String token, int account) {
        return database.inTransactionOfManyLocks(handle -> {
            Optional<OrderLinks.Opened> opened = OrderLinks.open(handle, token, clock.now(handle));
            Optional<String> address = guests.accountAddress(handle, account);
            if (opened.isEmpty()
                    || address.isEmpty()
                    || !address.get().equalsIgnoreCase(opened.get().email())) {
                return 0;
            }
            return takeOver(handle, List.of(opened.get().guest()), account);
        });
    }

    /**
     * Gives the orders of all guests with this address to an account whose owner has shown that they read its mail, in
     * the transaction in which that became known.
     */
    public void takeOverAll(Handle handle, int account, String email) {
        List<Integer> found = guests.withAddress(handle, email);
        if (!found.isEmpty()) {
            takeOver(handle, found, account);
        }
    }

    private int takeOver(Handle handle, List<Integer> from, int account) {
        List<Integer> both = new ArrayList<>(from);
        both.add(account);
        guests.loseOrders(handle, from);
        CartLocks.lockOrMakeAll(handle, both, clock);
        List<Long> orders = Orders.give(handle, from, account);
        HandOver.ofSales(handle, from, account, orders);
        OrderLinks.revoke(handle, orders);
        return orders.size();
    }
}
