package com.electroisla.command;

import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** picocli, set up to speak Spanish. */
final class CommandLines {
    private CommandLines() {}

    static CommandLine of(String name, String summary, ManageCommand command) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(command);
        spec.name("./manage " + name);
        Manage.addCommonOptions(spec);
        UsageMessageSpec usage = spec.usageMessage();
        usage.description(summary + ".")
                .synopsisHeading("Uso: ")
                .descriptionHeading("")
                .parameterListHeading("%nArgumentos:%n")
                .optionListHeading("%nOpciones:%n")
                .sortOptions(false)
                .abbreviateSynopsis(true)
                .width(100);
        return new CommandLine(spec).setAbbreviatedOptionsAllowed(false);
    }

    /** What is wrong with the arguments, in one line. */
    static String inSpanish(ParameterException wrong) {
        return switch (wrong) {
            case UnmatchedArgumentException unmatched -> "Sobra o no se conoce: " + String.join(" ", unmatched.getUnmatched());
            case MissingParameterException missing ->
                "Falta un valor: " + String.join(", ", missing.getMissing().stream().map(Object::toString).toList());
            default -> wrong.getValue() == null
                    ? "Argumentos no válidos: " + wrong.getMessage()
                    : "El valor «" + wrong.getValue() + "» no es válido";
        };
    }
}
