package com.electroisla.http.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/** The unit that a limit counts: an IPv4 address, or the IPv6 /64 that one customer of a provider has. */
record AddressBlock(long prefix, boolean sixth) {
    private static final int PREFIX_BYTES = 8;

    static AddressBlock of(InetAddress address) {
        boolean sixth = address instanceof Inet6Address;
        long prefix = 0;
        for (byte each : Arrays.copyOf(address.getAddress(), sixth ? PREFIX_BYTES : 4)) {
            prefix = prefix << 8 | each & 0xFF;
        }
        return new AddressBlock(prefix, sixth);
    }
}
