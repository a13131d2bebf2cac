package com.electroisla.accounts;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client of a sign-in.
 *
 * @param userAgent null when the client sent none
 */
public record Client(InetAddress address, @Nullable String userAgent) {
    private static final int LONGEST_USER_AGENT = 500;

    /** The address as PostgreSQL's {@code inet} reads it, without a scope. */
    public String addressText() {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    /**
     * The subject of a limit: the address, or for IPv6 its /64, because a household or machine is given one and can
     * use any address in it.
     */
    String limitSubject() {
        if (!(address instanceof Inet6Address)) {
            return addressText();
        }
        return network(64);
    }

    /** The networks around an IPv6 address's own /64. */
    record WiderNetworks(String of56, String of48) {}

    /** The wider networks of an IPv6 address; empty for IPv4, where the size of a customer's network is unknown. */
    Optional<WiderNetworks> widerNetworks() {
        return address instanceof Inet6Address
                ? Optional.of(new WiderNetworks(network(56), network(48)))
                : Optional.empty();
    }

    private String network(int bits) {
        return InetAddressText.of(Arrays.copyOf(Arrays.copyOf(address.getAddress(), bits / 8), 16)) + "/" + bits;
    }

    /** The user agent, cut to the length of the column. */
    @Nullable
    String storedUserAgent() {
        return userAgent == null || userAgent.length() <= LONGEST_USER_AGENT
                ? userAgent
                : userAgent.substring(0, LONGEST_USER_AGENT);
    }

    private static final class InetAddressText {
        static String of(byte[] address) {
            try {
                return InetAddress.getByAddress(address).getHostAddress();
            } catch (java.net.UnknownHostException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
