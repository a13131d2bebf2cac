package com.electroisla.accounts.cli;

import com.electroisla.accounts.ManageAccounts;
import com.electroisla.accounts.Unfit;
import com.electroisla.command.CommandRefused;
import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.command.Part;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code createsuperuser [--username NAME] [--email ADDRESS] [--noinput]}. */
public final class CreateSuperuserCommand implements ManageCommand {
    private static final String PREFIX = "ELECTRO_ISLA_SUPERUSER_";

    @Option(names = "--username", paramLabel = "NOMBRE", description = "El nombre de usuario")
    private @Nullable String username;

    @Option(names = "--email", paramLabel = "CORREO", description = "La dirección de correo")
    private @Nullable String email;

    @Option(
            names = {"--noinput", "--no-input"},
            description = "No pregunta: toma " + PREFIX + "USERNAME, " + PREFIX + "EMAIL y " + PREFIX
                    + "PASSWORD; sin la última, la cuenta no entra hasta ejecutar changepassword")
    private boolean noInput;

    private final Part<ManageAccounts> manage;

    public CreateSuperuserCommand(Part<ManageAccounts> manage) {
        this.manage = manage;
    }

    @Override
    public int run(Context context) {
        ManageAccounts accounts = context.part(manage);
        if (noInput) {
            createFromEnvironment(accounts, context.environment());
        } else {
            createInDialogue(accounts, new Prompt(context), context);
        }
        context.out().println("Superusuario creado con éxito.");
        return 0;
    }

    private void createFromEnvironment(ManageAccounts accounts, Map<String, String> environment) {
        String name = required(username, "--username", environment.get(PREFIX + "USERNAME"), PREFIX + "USERNAME");
        String address = required(email, "--email", environment.get(PREFIX + "EMAIL"), PREFIX + "EMAIL");
        refuse(usernameProblem(accounts, name));
        refuse(emailProblem(accounts, address));
        String password = environment.get(PREFIX + "PASSWORD");
        if (password != null) {
            refuse(accounts.passwordProblem(name, address, password).map(CreateSuperuserCommand::sentence));
        }
        create(accounts, name, address, password);
    }

    private static String required(
            @Nullable String flag, String flagName, @Nullable String variable, String variableName) {
        if (flag != null) {
            return flag;
        }
        if (variable == null) {
            throw new CommandRefused("Con --noinput hace falta " + flagName + " o " + variableName + ".");
        }
        return variable;
    }

    private void createInDialogue(ManageAccounts accounts, Prompt prompt, Context context) {
        if (username != null) {
            refuse(usernameProblem(accounts, username));
        }
        if (email != null) {
            refuse(emailProblem(accounts, email));
        }
        String name = username != null ? username : askUsername(accounts, prompt, context);
        String address = email != null ? email : askEmail(accounts, prompt, context);
        create(accounts, name, address, askPassword(accounts, prompt, context, name, address));
    }

    private static String askUsername(ManageAccounts accounts, Prompt prompt, Context context) {
        String preset = System.getProperty("user.name", "");
        boolean usable = usernameProblem(accounts, preset).isEmpty();
        String question = usable ? "Nombre de usuario (vacío para usar «" + preset + "»): " : "Nombre de usuario: ";
        while (true) {
            String answer = prompt.ask(question);
            String name = answer.isEmpty() && usable ? preset : answer;
            Optional<String> problem = usernameProblem(accounts, name);
            if (problem.isEmpty()) {
                return name;
            }
            context.err().println(problem.get());
        }
    }

    private static String askEmail(ManageAccounts accounts, Prompt prompt, Context context) {
        while (true) {
            String address = prompt.ask("Dirección de correo: ");
            Optional<String> problem = emailProblem(accounts, address);
            if (problem.isEmpty()) {
                return address;
            }
            context.err().println(problem.get());
        }
    }

    private static String askPassword(
            ManageAccounts accounts, Prompt prompt, Context context, String name, String address) {
        while (true) {
            Optional<String> password = prompt.newPassword();
            if (password.isEmpty()) {
                context.err().println("Las contraseñas no coinciden.");
                continue;
            }
            if (password.get().isBlank()) {
                context.err().println("La contraseña no puede estar vacía.");
                continue;
            }
            Optional<Unfit> problem = accounts.passwordProblem(name, address, password.get());
            if (problem.isEmpty()) {
                return password.get();
            }
            context.err().println(sentence(problem.get()));
            if (prompt.yes("¿Usarla de todas maneras?")) {
                return password.get();
            }
        }
    }

    private static void create(ManageAccounts accounts, String name, String address, @Nullable String password) {
        if (accounts.createSuperuser(name, address, password).isEmpty()) {
            throw accounts.isTaken(name) ? taken(name) : emailTaken(address);
        }
    }

    private static Optional<String> usernameProblem(ManageAccounts accounts, String name) {
        return accounts.usernameProblem(name)
                .map(CreateSuperuserCommand::sentence)
                .or(() ->
                        accounts.isTaken(name) ? Optional.ofNullable(taken(name).getMessage()) : Optional.empty());
    }

    private static Optional<String> emailProblem(ManageAccounts accounts, String address) {
        return accounts.emailProblem(address)
                .map(CreateSuperuserCommand::sentence)
                .or(() -> accounts.hasEmail(address)
                        ? Optional.ofNullable(emailTaken(address).getMessage())
                        : Optional.empty());
    }

    private static CommandRefused emailTaken(String address) {
        return new CommandRefused("Otra cuenta ya tiene el correo «" + address + "».");
    }

    private static CommandRefused taken(String name) {
        return new CommandRefused("El nombre de usuario «" + name + "» ya está en uso.");
    }

    private static void refuse(Optional<String> problem) {
        problem.ifPresent(reason -> {
            throw new CommandRefused(reason);
        });
    }

    static String sentence(Unfit unfit) {
        return Problem.invalidField(
                        unfit.field(), unfit.reason(), unfit.bounds().toArray())
                .message(Language.SPANISH);
    }
}
