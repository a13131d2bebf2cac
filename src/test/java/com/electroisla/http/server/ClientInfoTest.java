package com.electroisla.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.settings.AddressRange;
import com.electroisla.settings.Setting;
import com.electroisla.settings.Settings;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientInfoTest {
    private static final List<AddressRange> PROXIES = Settings.load(
                    Path.of("."), Map.of(Setting.PROXIES, "10.0.0.0/8, 2001:db8::/32"), Map.of())
            .proxies();

    private static String client(String peer, String... forwardedFor) {
        return ClientInfo.client(InetAddress.ofLiteral(peer), List.of(forwardedFor), PROXIES)
                .getHostAddress();
    }

    @Test
    void a_stranger_is_not_believed_whatever_he_claims() {
        assertEquals("203.0.113.9", client("203.0.113.9"));
        assertEquals("203.0.113.9", client("203.0.113.9", "1.2.3.4"));
        assertEquals("203.0.113.9", client("203.0.113.9", "1.2.3.4, 10.0.0.1"));
    }

    @Test
    void behind_a_proxy_the_client_is_the_rightmost_address_that_is_no_proxy() {
        assertEquals("198.51.100.7", client("10.0.0.1", "198.51.100.7"));
        assertEquals("198.51.100.7", client("10.0.0.1", "1.1.1.1, 198.51.100.7"));
        assertEquals("198.51.100.7", client("10.0.0.1", "1.1.1.1, 198.51.100.7 , 10.9.9.9"));
        assertEquals("198.51.100.7", client("10.0.0.1", "1.1.1.1", "198.51.100.7", "10.2.2.2"));
        assertEquals("198.51.100.7", client("2001:db8::1", "198.51.100.7"));
    }

    @Test
    void a_chain_of_nothing_but_proxies_leads_to_the_first_of_them() {
        assertEquals("10.3.3.3", client("10.0.0.1", "10.3.3.3, 10.2.2.2"));
        assertEquals("10.0.0.1", client("10.0.0.1"));
    }

    @Test
    void ports_brackets_and_mapped_addresses_are_understood() {
        assertEquals("198.51.100.7", client("10.0.0.1", "198.51.100.7:4711"));
        assertEquals("2001:470:0:0:0:0:0:1", client("10.0.0.1", "[2001:470::1]:4711"));
        assertEquals("2001:470:0:0:0:0:0:1", client("10.0.0.1", "2001:470::1"));
        assertEquals("198.51.100.7", client("10.0.0.1", "::ffff:198.51.100.7"));
    }

    @Test
    void what_is_no_address_ends_the_search_at_whoever_sent_it() {
        assertEquals("10.0.0.1", client("10.0.0.1", "unknown"));
        assertEquals("10.0.0.1", client("10.0.0.1", ""));
        assertEquals("10.2.2.2", client("10.0.0.1", "198.51.100.7, evil.example, 10.2.2.2"));
        assertEquals("10.0.0.1", client("10.0.0.1", "' OR 1=1 --"));
        assertEquals("10.0.0.1", client("10.0.0.1", "[::1"));
    }

    @Test
    void a_user_agent_is_cut_and_cleaned() {
        assertEquals("", ClientInfo.cleaned(null));
        assertEquals("Mozilla/5.0", ClientInfo.cleaned(" Mozilla/5.0\r\n\u0000\u0007"));
        assertEquals(500, ClientInfo.cleaned("x".repeat(9_000)).length());
        assertEquals("a😀".substring(0, 1), ClientInfo.cleaned("a😀"));
    }
}
