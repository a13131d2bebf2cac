package com.electroisla.shopfront;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.Client;
import com.electroisla.accounts.EraseAccount.Erased;
import com.electroisla.accounts.LogIn.Confirmed;
import com.electroisla.accounts.LogInOutcome;
import com.electroisla.accounts.Role;
import com.electroisla.accounts.Visitor;
import com.electroisla.cart.CartChange;
import com.electroisla.cart.CartTransaction;
import com.electroisla.cart.ForgetCart;
import com.electroisla.favorites.Favorites;
import com.electroisla.groupcommit.Reply;
import com.electroisla.limits.LimitResult.Exceeded;
import com.electroisla.order.ForgetBuyer;
import com.electroisla.payment.PaymentOwners;
import com.electroisla.reservation.ForgetOrigins;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationRequest;
import com.electroisla.reservation.Reservations;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Deletes a buyer's account and what is kept of the person; their orders stay, anonymous.
 *
 * <p>Live holds are given up first. An order that is still on its way stops the deletion: without name and address
 * nobody could deliver it; and so does a payment that is under way, whose money may come. Staff leave by an admin: what
 * they changed is theirs in the log.
 *
 * <p>Lock order: as for everything that a user changes, the cart first; then the account, past holds, orders.
 */
public final class DeleteAccount {
    private final Accounts accounts;
    private final Reservations reservations;
    private final CartTransaction transaction;

    public DeleteAccount(Accounts accounts, Reservations reservations, CartTransaction transaction) {
        this.accounts = accounts;
        this.reservations = reservations;
        this.transaction = transaction;
    }

    /** The outcome of a deletion. */
    public sealed interface Deleted {
        record Done() implements Deleted {}

        record WrongPassword() implements Deleted {}

        /** An order of the buyer is neither delivered nor cancelled. */
        record OrderOpen(long order) implements Deleted {}

        /** A payment of the buyer is under way. */
        record PaymentOpen() implements Deleted {}

        record Staff() implements Deleted {}

        record TooMany(Exceeded limit) implements Deleted {}

        record Busy() implements Deleted {}
    }

    public Deleted delete(Visitor who, String password, Locale language, Client client) {
        if (who.role() != Role.CLIENTE) {
            return new Deleted.Staff();
        }
        return switch (accounts.login().confirm(who.username(), password, client)) {
            case LogInOutcome.LoggedIn<Confirmed>(Confirmed confirmed, var _) -> delete(confirmed, language, client);
            case LogInOutcome.TooManyFailures<Confirmed>(Exceeded limit) -> new Deleted.TooMany(limit);
            case LogInOutcome.Busy<Confirmed> _ -> new Deleted.Busy();
            case LogInOutcome.Refused<Confirmed> _,
                    LogInOutcome.CodeNeeded<Confirmed> _,
                    LogInOutcome.WrongCode<Confirmed> _,
                    LogInOutcome.FactorMissing<Confirmed> _ -> new Deleted.WrongPassword();
        };
    }

    private Deleted delete(Confirmed confirmed, Locale language, Client client) {
        Reply<ReservationOutcome> released =
                reservations.submit(new ReservationRequest.CancelHolds(confirmed.userId()));
        if (!(released instanceof Reply.Decided<ReservationOutcome>(ReservationOutcome outcome, var _))) {
            return new Deleted.Busy();
        }
        if (outcome instanceof ReservationOutcome.PaymentUnderWay) {
            return new Deleted.PaymentOpen();
        }
        record Result(Deleted outcome, Optional<Erased> erased) {}
        Reply<Result> reply = transaction.run(confirmed.userId(), Optional.empty(), change -> {
            Optional<Long> open = ForgetBuyer.openOrder(change.handle(), confirmed.userId());
            if (open.isPresent()) {
                return new Result(new Deleted.OrderOpen(open.get()), Optional.empty());
            }
            // Another tab may have checked out since its holds were given up.
            if (ForgetOrigins.hasPending(change.handle(), confirmed.userId())) {
                return new Result(new Deleted.Busy(), Optional.empty());
            }
            Optional<Erased> erased = erase(change, confirmed, language, client);
            return new Result(
                    erased.<Deleted>map(_ -> new Deleted.Done()).orElseGet(Deleted.WrongPassword::new), erased);
        });
        if (!(reply instanceof Reply.Decided<Result>(Result result, var _))) {
            return new Deleted.Busy();
        }
        result.erased().ifPresent(accounts.eraseAccount()::erased);
        return result.outcome();
    }

    private Optional<Erased> erase(CartChange change, Confirmed confirmed, Locale language, Client client) {
        int user = confirmed.userId();
        Optional<Erased> erased =
                accounts.eraseAccount().erase(change.handle(), confirmed, language, client, change.now());
        erased.ifPresent(_ -> {
            ForgetCart.of(change.handle(), user);
            ForgetOrigins.ofUser(change.handle(), user);
            ForgetBuyer.of(change.handle(), user);
            PaymentOwners.forget(change.handle(), List.of(user));
            Favorites.forget(change.handle(), user);
        });
        return erased;
    }
}
