package com.electroisla.demo;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page that {@code demo} prints once the server answers. */
public final class DemoPage {
    private static final String USER_LINE = "  %-12s %-12s %s";

    private DemoPage() {}

    /**
     * @param address such as {@code http://localhost:8000}
     * @param token an access token of the buyer's, valid now
     * @param manage the command that starts the launcher, such as {@code ./manage}
     */
    public static String text(String address, DemoShop.Buyer buyer, String token, String manage) {
        return DemoCatalogue.text("pagina.txt")
                .replace("{usuarios}", users())
                .replace("{aviso}", buyer.emptyCart() ? "" : DemoCatalogue.text("aviso-carrito.txt"))
                .replace("{comprador}", buyer.username())
                .replace("{clave}", DemoUser.PASSWORD)
                .replace("{direccion}", address)
                .replace("{manage}", manage)
                .replace("{token}", token);
    }

    private static String users() {
        return Stream.of(DemoUser.values())
                .map(user -> String.format(Locale.ROOT, USER_LINE, user.username(), user.role(), DemoUser.PASSWORD))
                .collect(Collectors.joining("\n"));
    }
}
