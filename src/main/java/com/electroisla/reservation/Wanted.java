package com.electroisla.reservation;

import com.electroisla.payment.LockedPayments.Asked;
import com.electroisla.payment.LockedPayments.Beginner;
import com.electroisla.payment.LockedPayments.Paid;
import com.electroisla.payment.ProviderWord;
import com.electroisla.reservation.ReservationRequest.BeginPayment;
import com.electroisla.reservation.ReservationRequest.CancelHolds;
import com.electroisla.reservation.ReservationRequest.CancelPayment;
import com.electroisla.reservation.ReservationRequest.HearPayment;
import com.electroisla.reservation.ReservationRequest.PlaceOrder;
import com.electroisla.reservation.ReservationRequest.ReserveCart;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rows that a batch's requests want locked, and how many new ones they may make.
 *
 * @param reserving the users with a checkout
 * @param checkouts their number
 * @param paying the user of each order or begun payment: of these, lost holds matter
 * @param chargedAtOnce how many orders come with a charge
 * @param payments that the requests are about; nothing in most batches, which then ask for no payment
 */
record Wanted(Set<Integer> reserving, int checkouts, List<Integer> paying, int chargedAtOnce, Asked payments) {

    static Wanted of(List<ReservationRequest> requests) {
        Set<Integer> reserving = new HashSet<>();
        List<Integer> paying = new ArrayList<>();
        Set<Long> payments = new TreeSet<>();
        List<Paid> paid = new ArrayList<>();
        List<Beginner> beginners = new ArrayList<>();
        int checkouts = 0;
        int chargedAtOnce = 0;
        for (ReservationRequest request : requests) {
            switch (request) {
                case ReserveCart reserve -> {
                    reserving.add(reserve.userId());
                    checkouts++;
                }
                case CancelHolds _ -> {}
                case PlaceOrder order -> {
                    paying.add(order.userId());
                    chargedAtOnce += order.chargedBy() == null ? 0 : 1;
                }
                case BeginPayment begin -> {
                    paying.add(begin.userId());
                    beginners.add(new Beginner(begin.userId(), begin.key()));
                }
                case HearPayment heard -> {
                    payments.add(heard.payment());
                    if (heard.word() instanceof ProviderWord.Paid(var _, String charge, var _)) {
                        paid.add(new Paid(heard.payment(), charge));
                    }
                }
                case CancelPayment cancel -> payments.add(cancel.payment());
            }
        }
        return new Wanted(reserving, checkouts, paying, chargedAtOnce, new Asked(payments, paid, beginners));
    }

    /** How many charges came for payments that were begun before. */
    int charges() {
        return payments.paid().size();
    }

    /** How many payments may be made for them. */
    int begun() {
        return payments.beginners().size();
    }

    /** The payments whose money came, and whose units may have to be taken anew. */
    List<Long> paidFor() {
        return payments.paid().stream().map(Paid::payment).toList();
    }
}
