package com.electroisla.accounts.cli;

import com.electroisla.accounts.ManageAccounts;
import com.electroisla.accounts.Profile;
import com.electroisla.accounts.Unfit;
import com.electroisla.command.CommandRefused;
import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.command.Part;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** {@code changepassword USER}; also ends every session of that user. */
public final class ChangePasswordCommand implements ManageCommand {
    private static final int TRIES = 3;

    @Parameters(paramLabel = "USUARIO", description = "El nombre de usuario")
    private String username = "";

    private final Part<ManageAccounts> manage;

    public ChangePasswordCommand(Part<ManageAccounts> manage) {
        this.manage = manage;
    }

    @Override
    public int run(Context context) {
        ManageAccounts accounts = context.part(manage);
        Profile profile = accounts.find(username)
                .orElseThrow(() -> new CommandRefused("No existe el usuario «" + username + "»."));
        context.out().println("Cambiando la contraseña de «" + profile.username() + "»");
        accounts.changePassword(profile.id(), ask(accounts, profile, context));
        context.out().println("Contraseña de «" + profile.username() + "» cambiada; sus sesiones se cerraron.");
        return 0;
    }

    private static String ask(ManageAccounts accounts, Profile profile, Context context) {
        Prompt prompt = new Prompt(context);
        for (int tries = 0; tries < TRIES; tries++) {
            Optional<String> password = prompt.newPassword();
            if (password.isEmpty()) {
                context.err().println("Las contraseñas no coinciden.");
                continue;
            }
            Optional<Unfit> problem = accounts.passwordProblem(profile.username(), profile.email(), password.get());
            if (problem.isEmpty()) {
                return password.get();
            }
            context.err().println(CreateSuperuserCommand.sentence(problem.get()));
        }
        throw new CommandRefused(
                "La contraseña de «" + profile.username() + "» sigue como estaba, tras " + TRIES + " intentos.");
    }
}
