package com.electroisla.purchase;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.payment.Payment;
import com.electroisla.payment.PaymentSql;
import com.electroisla.payment.QuestionSql;
import com.electroisla.payment.provider.PaymentProvider;
import com.electroisla.payment.provider.PaymentProviders;
import com.electroisla.payment.provider.ProviderUnavailable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Questions to the providers about payments of which no event told: money that came, a refusal, or a page that a server
 * which died did not ask for.
 *
 * <p>A question is claimed in the database first, so any number of servers together ask about one payment at most
 * once a minute, and nothing is locked while the provider thinks.
 */
public final class AskProviders {
    private static final Logger LOG = Logger.getLogger(AskProviders.class.getName());
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMinutes(1);
    /** Card networks settle within days; later money comes to the staff's notice at the provider. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private static final int MOST_AT_ONCE = 16;

    private final Database database;
    private final DatabaseClock clock;
    private final Purchases purchases;
    private final ProviderEvents events;
    private final PaymentProviders providers;
    private final Optional<URI> shop;

    /** @param shop the shop's address, for a page that is asked for now; empty when nobody has set it */
    public AskProviders(
            Database database,
            DatabaseClock clock,
            Purchases purchases,
            ProviderEvents events,
            PaymentProviders providers,
            Optional<URI> shop) {
        this.database = database;
        this.clock = clock;
        this.purchases = purchases;
        this.events = events;
        this.providers = providers;
        this.shop = shop;
    }

    /** Asks about the user's payment now, unless somebody asked within the last minute. */
    public void aboutOne(int userId, long payment) {
        Optional<Payment> claimed = database.inTransaction(handle -> {
            Instant now = clock.now(handle);
            return PaymentSql.find(handle, payment)
                    .filter(found -> found.userId() == userId && found.url() != null)
                    .filter(found -> mayChange(found)
                            && PaymentSql.claimQuestion(handle, payment, now.minus(BETWEEN_QUESTIONS), now));
        });
        claimed.ifPresent(this::ask);
    }

    private static boolean mayChange(Payment payment) {
        return switch (payment.state()) {
            case BEGUN, REFUSED, CANCELLED, LAPSED -> true;
            case PAID, REFUND_OWED, REFUNDED -> false;
        };
    }

    /** Asks about all payments whose turn it is; returns how many. */
    public int run() {
        if (providers.all().isEmpty()) {
            return 0;
        }
        int asked = 0;
        List<Payment> claimed;
        do {
            claimed = database.inTransaction(
                    handle -> QuestionSql.claim(handle, clock.now(handle), BETWEEN_QUESTIONS, LONGEST, MOST_AT_ONCE));
            askAll(claimed);
            asked += claimed.size();
        } while (!claimed.isEmpty());
        return asked;
    }

    /** All at once: one provider that does not answer keeps no other waiting. */
    private void askAll(List<Payment> payments) {
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            payments.forEach(payment -> each.execute(() -> ask(payment)));
        }
    }

    private void ask(Payment payment) {
        try {
            if (payment.url() == null) {
                shop.ifPresent(known -> purchases.atProvider(payment, known));
                return;
            }
            PaymentProvider provider = providers.named(payment.provider()).orElse(null);
            if (provider != null) {
                provider.ask(payment).ifPresent(word -> events.settle(provider, word, Optional.empty()));
            }
        } catch (ProviderUnavailable away) {
            LOG.log(Level.FINE, "{0} did not answer about {1}: {2}", new Object[] {
                payment.provider(), payment, away.getMessage()
            });
        } catch (RuntimeException fault) {
            LOG.log(Level.WARNING, "the question about " + payment + " failed", fault);
        }
    }
}
