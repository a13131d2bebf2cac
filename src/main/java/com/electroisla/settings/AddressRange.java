package com.electroisla.settings;

import java.net.InetAddress;
import java.util.Arrays;

/** A CIDR range of IPv4 or IPv6 addresses, such as {@code 10.0.0.0/8}; a bare address is a range of one. */
public record AddressRange(InetAddress network, int prefixBits) {

    static AddressRange parse(String text) {
        String[] parts = text.split("/", 2);
        try {
            InetAddress network = InetAddress.ofLiteral(parts[0].strip());
            int longest = network.getAddress().length * 8;
            int bits = parts.length == 2 ? Integer.parseInt(parts[1].strip()) : longest;
            if (bits >= 0 && bits <= longest) {
                return new AddressRange(network, bits);
            }
        } catch (IllegalArgumentException notAnAddress) {
            // The exception below names the fault.
        }
        throw new InvalidSetting(Setting.PROXIES, "«" + text + "» no es un CIDR (como 10.0.0.0/8)");
    }

    /** Whether the address is in this range; never across IPv4 and IPv6. */
    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] theirs = address.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        int wholeBytes = prefixBits / 8;
        int rest = prefixBits % 8;
        if (!Arrays.equals(mine, 0, wholeBytes, theirs, 0, wholeBytes)) {
            return false;
        }
        return rest == 0 || ((mine[wholeBytes] ^ theirs[wholeBytes]) & 0xFF) >>> (8 - rest) == 0;
    }
}
