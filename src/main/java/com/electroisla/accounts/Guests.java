package com.electroisla.accounts;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.limits.LimitResult;
import com.electroisla.settings.RateLimit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Buyers without an account. A guest is an account whose name no person can take and whose password no text is, so that
 * carts, holds and orders are the same for everybody; the guest's address is kept apart from the accounts', so that it
 * is never another's and no sign-in, recovery or registration can find it.
 *
 * <p>Invariants: a guest never signs in. A cookie opens one guest's cart, and from the first checkout on another
 * cookie does, which only this browser can tell: whoever put the first one there is left with nothing. One row has one
 * address for ever, so whoever reads its mail has sent all of its orders.
 */
public final class Guests {
    /** How long a browser keeps the cookie, and a cart its guest where nothing is deleted. */
    private static final Duration LONGEST = Duration.ofDays(365);
    /** The precision of the last use: not every page writes it. */
    private static final Duration NOTED_EVERY = Duration.ofDays(1);

    private static final int LONGEST_NAME = 150;

    private final Database database;
    private final DatabaseClock clock;
    private final AddressLimits limits;
    private final Rules rules;

    /**
     * @param limit new guests of an address
     * @param mostHolding how many guests of an address, or with one e-mail, can hold units at the same time
     * @param holdTime how long units are held
     * @param kept how long a guest without an order is kept
     */
    record Rules(
            Optional<RateLimit> limit, Optional<Integer> mostHolding, Duration holdTime, Optional<Duration> kept) {}

    Guests(Database database, DatabaseClock clock, Rules rules) {
        this.database = database;
        this.clock = clock;
        this.limits = new AddressLimits("invitado:ip", rules.limit());
        this.rules = rules;
    }

    /** How long a browser keeps the cookie. */
    public Duration cookieLife() {
        return rules.kept().orElse(LONGEST);
    }

    /** The guest of this cookie; one statement, and a second one once a day. */
    public Optional<Guest> find(GuestCookie cookie) {
        return database.read(handle -> {
            Optional<GuestSql.Found> found = GuestSql.find(handle, hash(cookie.token()), hash(cookie.next()));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Instant now = clock.now(handle);
            boolean stale = found.get().lastUse().plus(NOTED_EVERY).isBefore(now);
            if (stale) {
                GuestSql.noteUse(handle, found.get().userId(), now);
            }
            return found.map(its -> guest(
                    its,
                    its.onNext()
                            ? Optional.of(cookie.next())
                            : stale ? Optional.of(cookie.token()) : Optional.empty()));
        });
    }

    private static Guest guest(GuestSql.Found found, Optional<String> cookie) {
        return new Guest(found.userId(), found.name(), found.email(), cookie);
    }

    /** The outcome of beginning a cart. */
    public sealed interface Begun {
        record Opened(Guest guest) implements Begun {}

        /** So many guests came from this address that the next one is asked to sign in. */
        record TooMany(LimitResult.Exceeded limit) implements Begun {}
    }

    /** Makes a guest for this token, unless it has one: two tabs of a browser come with the same. */
    public Begun begin(String token, Client client) {
        Begun begun = database.inTransaction(handle -> {
            AccountSql.lockIdentity(handle, token, token);
            Optional<GuestSql.Found> there = GuestSql.find(handle, hash(token), hash(token));
            if (there.isPresent()) {
                return new Begun.Opened(guest(there.get(), Optional.of(token)));
            }
            Instant now = clock.now(handle);
            return limits.isOn() && limits.count(handle, client, now) instanceof AddressLimits.Count.Over(var limit)
                    ? new Begun.TooMany(limit)
                    : new Begun.Opened(new Guest(insert(handle, token, now), "", "", Optional.of(token)));
        });
        if (begun instanceof Begun.TooMany) {
            AccountLog.limitExceeded("invitados", "", client);
        }
        return begun;
    }

    private static int insert(Handle handle, String token, Instant now) {
        return GuestSql.insert(handle, hash(token), ManageAccounts.UNUSABLE + UUID.randomUUID(), now);
    }

    /** The problem with what a guest typed. */
    public static Optional<Unfit> problem(String name, String email) {
        if (name.isEmpty()) {
            return Optional.of(Unfit.of("nombre", "campo_obligatorio"));
        }
        if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
            return Optional.of(Unfit.of("nombre", "campo_largo", LONGEST_NAME));
        }
        Optional<Unfit> unfit = AccountRules.emailProblem(email);
        return unfit.isEmpty() && !MailAddress.hasOneSpelling(email)
                ? Optional.of(Unfit.of("email", "correo_invalido"))
                : unfit;
    }

    /**
     * Whether the guest may hold units: not when too many others do, from the same network or with the same address.
     * Until the transaction ends nobody else of these is asked.
     */
    public boolean mayHold(Handle handle, int guest, String email, Client client, Instant now) {
        if (rules.mostHolding().isEmpty()) {
            return true;
        }
        AccountSql.lockIdentity(handle, "invitado " + client.limitSubject(), "invitado " + email);
        return GuestSql.othersHolding(handle, guest, client.limitSubject(), email, now)
                < rules.mostHolding().get();
    }

    /**
     * Keeps name and address, and lets this token open the cart.
     *
     * @param guest who must have no other address
     */
    public void introduce(
            Handle handle,
            int guest,
            String token,
            String name,
            String email,
            Locale language,
            Client client,
            Instant now) {
        GuestSql.introduce(
                handle,
                guest,
                hash(token),
                new GuestSql.Introduction(
                        name,
                        email,
                        language.getLanguage().equals("en") ? "en" : "es",
                        client.limitSubject(),
                        now.plus(rules.holdTime())),
                now);
    }

    /** Another guest for a browser whose guest has another address already. */
    public int another(Handle handle, GuestCookie cookie, Instant now) {
        return insert(handle, cookie.next(), now);
    }

    /** The guest's units are sold or free again; without effect on others. */
    public void noLongerHolds(int guest) {
        database.useTransaction(handle -> GuestSql.noLongerHolds(handle, guest));
    }

    /** Locks the guest of this token, before any cart; empty when an account has taken the cart over. */
    public Optional<Integer> lock(Handle handle, GuestCookie cookie) {
        return GuestSql.lock(handle, hash(cookie.token()))
                .or(() -> cookie.next().isEmpty() ? Optional.empty() : GuestSql.lock(handle, hash(cookie.next())));
    }

    /** The guest's cart has become an account's, or another guest's: the cookie opens nothing any more. */
    public void leave(Handle handle, int guest) {
        GuestSql.leave(handle, guest);
    }

    /** The guests with this address. */
    public List<Integer> withAddress(Handle handle, String email) {
        return GuestSql.withAddress(handle, email);
    }

    /** The address of a guest; empty for a user who is none. */
    public Optional<String> address(Handle handle, int user) {
        return GuestSql.address(handle, user);
    }

    /**
     * An account gets the orders of these guests, so their names and addresses are kept for nothing any more. Locks
     * their rows, and so comes before any cart.
     */
    public void loseOrders(Handle handle, List<Integer> of) {
        GuestSql.lookAgain(handle, of);
    }

    /** Keeps the guests with orders among those who were not seen since; returns how many. */
    public static int keepBuyers(Handle handle, Instant before, Instant now, int most) {
        return GuestSql.keepBuyers(handle, before, now, most);
    }

    /** The address of an account that can sign in; empty for none. */
    public Optional<String> accountAddress(Handle handle, int user) {
        return AccountSql.byId(handle, user)
                .filter(account -> account.active() && !account.isGuest())
                .map(Account::email)
                .filter(email -> !email.isEmpty());
    }

    /** Locks guests to be forgotten, see {@link #forget}: without an order, and not seen since. */
    public static List<Integer> lockForgotten(Handle handle, Instant before, int most) {
        return GuestSql.lockForgotten(handle, before, most);
    }

    /** Forgets these guests, whose carts are gone; those whom no hold of the past points at are deleted. */
    public static void forget(Handle handle, List<Integer> guests, Instant now) {
        GuestSql.forget(handle, guests, now);
        GuestSql.deleteUnneeded(handle, guests);
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
