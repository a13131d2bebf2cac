package com.electroisla.accounts;

import com.electroisla.limits.LimitResult;
import com.electroisla.limits.LimitResult.Exceeded;
import com.electroisla.limits.Limits;
import com.electroisla.settings.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How many letters a client may have sent, and how many one address gets. They are counted for the address as it was
 * sent, whether or not anybody has it.
 *
 * <p>The windows of an address are as long as a code is good: a stranger who uses them up has caused letters with good
 * codes, and locks nobody out.
 */
final class LetterLimits {
    private static final RateLimit OF_AN_ADDRESS = new RateLimit(3, MailCodes.VALIDITY);
    private static final RateLimit RESENDS = new RateLimit(1, SignUpByMail.BETWEEN_RESENDS);
    private static final RateLimit LOOKS = new RateLimit(60, Duration.ofHours(1));
    private static final RateLimit STATUSES = new RateLimit(300, Duration.ofHours(1));
    private static final RateLimit NOTICES = new RateLimit(1, Duration.ofHours(1));

    private final Limits signUps = new Limits("carta:registro", Optional.of(OF_AN_ADDRESS));
    private final Limits recoveries = new Limits("carta:recuperacion", Optional.of(OF_AN_ADDRESS));
    private final Limits resends = new Limits("carta:reenvio", Optional.of(RESENDS));
    private final Limits notices = new Limits("carta:aviso", Optional.of(NOTICES));
    private final AddressLimits looks = new AddressLimits("carta:consulta", Optional.of(LOOKS));
    private final AddressLimits statuses = new AddressLimits("carta:estado", Optional.of(STATUSES));
    private final AddressLimits asks;

    /** @param registrations the limit of registrations of one client, which holds for its other requests too */
    LetterLimits(Optional<RateLimit> registrations) {
        this.asks = new AddressLimits("carta:ip", registrations);
    }

    LimitResult signUp(Handle handle, String email, Instant now) {
        return signUps.count(handle, MailAddress.subject(email), now);
    }

    LimitResult resend(Handle handle, String email, Client client, Instant now) {
        return countBoth(handle, asks, resends, email, client, now);
    }

    LimitResult recovery(Handle handle, String email, Client client, Instant now) {
        return countBoth(handle, asks, recoveries, email, client, now);
    }

    /** Counts a letter to an address that has an account, which {@link #look} has counted for those that ask. */
    LimitResult notice(Handle handle, String email, Instant now) {
        return notices.count(handle, MailAddress.subject(email), now);
    }

    /** Takes back a letter that nobody caused: where no registration waits, none is written. */
    void noNotice(Handle handle, LimitResult.Allowed counted) {
        notices.giveBack(handle, counted);
    }

    AddressLimits.Count status(Handle handle, Client client, Instant now) {
        return statuses.count(handle, client, now);
    }

    LimitResult look(Handle handle, String email, Client client, Instant now) {
        return countBoth(handle, looks, notices, email, client, now);
    }

    /** Counts for the client first, so that all requests meet at the same rows in the same order. */
    private static LimitResult countBoth(
            Handle handle, AddressLimits byClient, Limits byAddress, String email, Client client, Instant now) {
        return switch (byClient.count(handle, client, now)) {
            case AddressLimits.Count.Over(Exceeded limit) -> limit;
            case AddressLimits.Count.Within _ -> byAddress.count(handle, MailAddress.subject(email), now);
        };
    }
}
