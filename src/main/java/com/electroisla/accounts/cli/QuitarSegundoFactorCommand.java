package com.electroisla.accounts.cli;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.Profile;
import com.electroisla.audit.Actor;
import com.electroisla.command.CommandRefused;
import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.command.Part;
import picocli.CommandLine.Parameters;

/** {@code quitar_segundo_factor USER}, for somebody who lost phone and recovery codes; also ends their sessions. */
public final class QuitarSegundoFactorCommand implements ManageCommand {
    @Parameters(paramLabel = "USUARIO", description = "El nombre de usuario")
    private String username = "";

    private final Part<Accounts> accounts;

    public QuitarSegundoFactorCommand(Part<Accounts> accounts) {
        this.accounts = accounts;
    }

    @Override
    public int run(Context context) {
        Accounts all = context.part(accounts);
        Profile profile = all.manage()
                .find(username)
                .orElseThrow(() -> new CommandRefused("No existe el usuario «" + username + "»."));
        if (!all.secondFactors().takeAway(profile.id(), Actor.ofCommand("quitar_segundo_factor"))) {
            throw new CommandRefused("«" + profile.username() + "» no tiene segundo factor.");
        }
        context.out().println("«" + profile.username() + "» ya no tiene segundo factor; sus sesiones se cerraron.");
        return 0;
    }
}
