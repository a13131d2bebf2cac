package com.electroisla.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailServerTest {
    private static final Optional<String> SHOP = Optional.of("Electro Isla <ventas@tienda.example>");

    @Test
    void an_address_says_where_the_mail_server_is_and_who_the_shop_is_there() {
        MailServer server = MailServer.parse("smtps://ventas%40tienda.example:la%25+clave@correo.example:4650", SHOP);
        assertEquals("correo.example", server.host());
        assertEquals(4650, server.port());
        assertTrue(server.encrypted());
        assertEquals(
                Optional.of(new MailServer.Credentials("ventas@tienda.example", "la%+clave")), server.credentials());
        assertEquals("tienda.example", server.senderDomain());
    }

    @Test
    void a_port_that_is_not_named_is_the_one_for_submission_and_the_sender_is_the_user_where_that_is_an_address() {
        assertEquals(587, MailServer.parse("smtp://correo.example", SHOP).port());
        assertEquals(465, MailServer.parse("smtps://correo.example/", SHOP).port());
        MailServer server = MailServer.parse("smtp://ventas%40tienda.example:clave@correo.example", Optional.empty());
        assertEquals("ventas@tienda.example", server.from());
    }

    @Test
    void letters_go_unencrypted_to_this_machine_only_and_a_password_is_shown_nowhere() {
        assertFalse(MailServer.parse("smtp://192.0.2.1", SHOP).isThisMachine());
        assertFalse(MailServer.parse("smtp://tienda:secreta@192.0.2.1", SHOP).isThisMachine());
        assertTrue(MailServer.parse("smtp://tienda:secreta@127.0.0.1", SHOP).isThisMachine());
        assertFalse(MailServer.parse("smtp://tienda:secreta@127.0.0.1", SHOP)
                .toString()
                .contains("secreta"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correo.example",
                "http://correo.example",
                "smtp://",
                "smtp://tienda:secreta",
                "smtp://tienda@correo.example",
                "smtp://tienda:secreta@correo.example/buzon",
                "smtp://tienda:secreta@correo.example:99999",
                "smtp://tienda:secreta%@correo.example"
            })
    void an_address_that_is_none_is_refused_without_its_password(String text) {
        var refused = assertThrows(InvalidSetting.class, () -> MailServer.parse(text, SHOP));
        assertTrue(refused.getMessage().contains("ELECTRO_ISLA_CORREO"), refused::getMessage);
        assertFalse(refused.getMessage().contains("secreta"), refused::getMessage);
    }

    @Test
    void a_mail_server_without_a_sender_is_refused_and_so_is_a_sender_that_is_no_address() {
        assertThrows(InvalidSetting.class, () -> MailServer.parse("smtp://correo.example", Optional.empty()));
        for (String from : new String[] {"Electro Isla", "a@b\nBcc: c@d", "<a@b> c@d", "a@b, c@d"}) {
            assertThrows(
                    InvalidSetting.class, () -> MailServer.parse("smtp://correo.example", Optional.of(from)), from);
        }
    }
}
