package com.electroisla.purchase;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.groupcommit.Reply;
import com.electroisla.limits.LimitResult;
import com.electroisla.limits.Limits;
import com.electroisla.payment.Payment;
import com.electroisla.payment.PaymentSql;
import com.electroisla.payment.ProviderWord;
import com.electroisla.payment.StrayCharges;
import com.electroisla.payment.provider.Heard;
import com.electroisla.payment.provider.PaymentProvider;
import com.electroisla.payment.provider.PaymentProviders;
import com.electroisla.payment.provider.ProviderUnavailable;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationRequest.HearPayment;
import com.electroisla.reservation.Reservations;
import com.electroisla.settings.RateLimit;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The word of providers: verified, then given to the engine under the lock of the payment's buyer.
 *
 * <p>An event may come any number of times and in any order; what it means is decided from the payment's row and its
 * charges alone.
 */
public final class ProviderEvents {
    private static final Logger LOG = Logger.getLogger(ProviderEvents.class.getName());
    /** A payment changes hands when its guest signs in: once, or twice in a strange case. */
    private static final int MOST_HANDS = 5;
    /** Wrong signatures of one address; beyond it they are not even looked up. */
    private static final RateLimit MOST_UNSIGNED = new RateLimit(60, Duration.ofMinutes(1));

    private final Database database;
    private final DatabaseClock clock;
    private final Reservations reservations;
    private final PaymentProviders providers;
    private final StrayCharges strays;
    private final Limits unsigned = new Limits("firma", Optional.of(MOST_UNSIGNED));

    public ProviderEvents(
            Database database,
            DatabaseClock clock,
            Reservations reservations,
            PaymentProviders providers,
            StrayCharges strays) {
        this.database = database;
        this.clock = clock;
        this.reservations = reservations;
        this.providers = providers;
        this.strays = strays;
    }

    /** @param headers whose names are found in any case */
    public Told hear(String provider, Map<String, String> headers, byte[] body) {
        Optional<PaymentProvider> named = providers.named(provider);
        if (named.isEmpty()) {
            return new Told.NoSuchProvider();
        }
        Instant now = database.read(clock::now);
        return switch (named.get().verify(headers, body, now)) {
            case Heard.Word(ProviderWord word, Optional<String> reference) ->
                heard(settle(named.get(), word, reference));
            case Heard.AskAbout(String charge) -> askAbout(named.get(), charge);
            case Heard.Nothing() -> new Told.Heard();
            case Heard.Unreadable(String why) -> new Told.Unreadable(why);
            case Heard.Unsigned(String why) -> new Told.Unsigned(why);
        };
    }

    /** Counts a wrong signature of this address. */
    public LimitResult countUnsigned(String address) {
        return database.inTransaction(handle -> unsigned.count(handle, address, clock.now(handle)));
    }

    private static Told heard(boolean settled) {
        return settled ? new Told.Heard() : new Told.Later();
    }

    private Told askAbout(PaymentProvider provider, String charge) {
        try {
            return heard(provider.askAbout(charge)
                    .map(word -> settle(provider, word, Optional.empty()))
                    .orElse(true));
        } catch (ProviderUnavailable away) {
            LOG.log(Level.WARNING, "a charge that an event named is not known yet: {0}", away.getMessage());
            return new Told.Later();
        }
    }

    private Optional<Payment> find(PaymentProvider provider, long payment) {
        return database.<Optional<Payment>, RuntimeException>read(handle -> PaymentSql.find(handle, payment))
                .filter(found -> found.provider().equals(provider.name()));
    }

    /**
     * Gives a verified word to the engine; false when it is unknown what became of it.
     *
     * @param reference the provider's name for the payment, where its word has it: a payment of that number with
     *     another one is not meant
     */
    boolean settle(PaymentProvider provider, ProviderWord word, Optional<String> reference) {
        for (int hands = 0; hands < MOST_HANDS; hands++) {
            Optional<Payment> payment = find(provider, word.payment()).filter(found -> isMeant(found, reference));
            if (payment.isEmpty()) {
                return keepUnknown(provider, word);
            }
            Reply<ReservationOutcome> reply = reservations.submit(
                    new HearPayment(payment.get().userId(), payment.get().id(), word));
            switch (reply) {
                case Reply.Decided<ReservationOutcome>(ReservationOutcome.NotThisBuyers _, var _) -> {
                    continue;
                }
                case Reply.Decided<ReservationOutcome>(ReservationOutcome.UserGone _, var _) -> {
                    return settleWithoutBuyer(word);
                }
                case Reply.Decided<ReservationOutcome>(ReservationOutcome outcome, var _) -> {
                    LOG.log(Level.INFO, "{0} told {1} of {2}: {3}", new Object[] {
                        provider.name(), word.getClass().getSimpleName(), payment.get(), named(outcome)
                    });
                    return true;
                }
                case Reply.Gone<ReservationOutcome>(Reply.Missing missing)
                when missing == Reply.Missing.USER -> {
                    return settleWithoutBuyer(word);
                }
                case Reply.Kept<ReservationOutcome> _,
                        Reply.KeyReused<ReservationOutcome> _,
                        Reply.NoOutcome<ReservationOutcome> _ -> {
                    return false;
                }
            }
        }
        return false;
    }

    private static boolean isMeant(Payment payment, Optional<String> reference) {
        String known = payment.reference();
        return known == null || reference.isEmpty() || reference.get().equals(known);
    }

    private static String named(ReservationOutcome outcome) {
        return outcome.getClass().getSimpleName();
    }

    /** Keeps a charge that nobody can decide about; a refusal of it means nothing. */
    private boolean keepUnknown(PaymentProvider provider, ProviderWord word) {
        if (word instanceof ProviderWord.Paid(long payment, String charge, BigDecimal amount)
                && strays.ofUnknownPayment(provider.name(), charge, amount)) {
            LOG.log(Level.WARNING, "{0} told of money for payment {1}, which is not here", new Object[] {
                provider.name(), Long.toString(payment)
            });
        }
        return true;
    }

    private boolean settleWithoutBuyer(ProviderWord word) {
        if (word instanceof ProviderWord.Paid paid) {
            strays.ofClosedAccount(paid);
        }
        return true;
    }
}
