package com.electroisla.demo.cli;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.Client;
import com.electroisla.accounts.LogInOutcome;
import com.electroisla.accounts.Profile;
import com.electroisla.accounts.TokenPair;
import com.electroisla.command.CommandRefused;
import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.command.Part;
import com.electroisla.command.ServerAddress;
import com.electroisla.demo.DemoPage;
import com.electroisla.demo.DemoShop;
import com.electroisla.demo.DemoUser;
import com.electroisla.settings.Setting;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** {@code demo}: fills an empty included database with the demo, serves it on loopback, and prints commands to try. */
public final class DemoCommand implements ManageCommand {
    private static final String USUAL = "127.0.0.1:8000";

    @Parameters(
            arity = "0..1",
            paramLabel = "[DIRECCIÓN:]PUERTO",
            description = "Dónde escuchar, solo en esta máquina [127.0.0.1:8000]")
    private @Nullable String listen;

    private final Part<DemoShop> demo;
    private final Part<Accounts> accounts;

    public DemoCommand(Part<DemoShop> demo, Part<Accounts> accounts) {
        this.demo = demo;
        this.accounts = accounts;
    }

    /** Nobody's card is charged by a demo, whatever provider the folder's {@code .env} names. */
    @Override
    public Map<Setting, String> ownSettings() {
        return Map.of(Setting.PAYMENTS, "prueba");
    }

    @Override
    public int run(Context context) {
        if (context.settings().databaseUrl().isPresent()) {
            throw new CommandRefused("La demo solo usa la base de datos incluida, y DATABASE_URL está puesta: "
                    + "quítala, o usa ./manage runserver.");
        }
        String where = listen == null ? USUAL : listen;
        ServerAddress address = ServerAddress.parse(where);
        if (!address.isLoopback()) {
            throw new CommandRefused("La demo tiene contraseñas que todos conocen: solo se sirve en "
                    + "esta máquina, como en " + USUAL + ".");
        }
        return context.serve(
                where,
                shop -> fill(context, demo.of(shop), accounts.of(shop)),
                shop -> print(context, demo.of(shop), accounts.of(shop), address));
    }

    private void fill(Context context, DemoShop shop, Accounts accounts) {
        switch (shop.openOrFill(() -> accounts.manage().hash(DemoUser.PASSWORD))) {
            case DemoShop.Found.Filled() -> context.err().println("Tienda de demostración creada.");
            case DemoShop.Found.AlreadyThere() ->
                context.err().println("La tienda de demostración ya estaba; sigue como la dejaste.");
            case DemoShop.Found.AnotherShop() ->
                throw new CommandRefused("En " + context.settings().home()
                        + " ya hay una tienda que no es la demo, y no se toca; prueba con otra carpeta: ./manage demo "
                        + "--home demo");
        }
    }

    private void print(Context context, DemoShop shop, Accounts accounts, ServerAddress address) {
        DemoShop.Buyer buyer = shop.buyer();
        LogInOutcome<TokenPair> outcome = accounts.login()
                .logIn(buyer.username(), DemoUser.PASSWORD, new Client(InetAddress.getLoopbackAddress(), "demo"));
        String token = outcome instanceof LogInOutcome.LoggedIn<TokenPair>(TokenPair tokens, Profile _)
                ? tokens.accessToken()
                : "el access_token de POST /api/login/";
        context.printLines(DemoPage.text(
                shown(address), buyer, token, manage(context.settings().base())));
        context.out().flush();
    }

    /** The address as people write it. */
    private static String shown(ServerAddress address) {
        return address.host().equals("127.0.0.1")
                ? "http://localhost:" + address.port()
                : address.url().replaceFirst("/$", "");
    }

    /** The command that starts the launcher from the present folder. */
    private static String manage(Path base) {
        boolean here = base.equals(Path.of("").toAbsolutePath().normalize());
        return here ? "./manage" : base.resolve("manage").toString();
    }
}
