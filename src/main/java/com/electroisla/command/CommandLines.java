package com.electroisla.command;

import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** picocli, set up to speak Spanish. */
final class CommandLines {
    private CommandLines() {}

    static CommandLine of(String name, String summary, ManageCommand command) {
        CommandSpec spec = CommandSpec.forAnnotatedObjectLenient(command);
        spec.name("./manage " + name);
        Manage.addCommonOptions(spec);
        UsageMessageSpec usage = spec.usageMessage();
        usage.description(summary + ".")
                .synopsisHeading("Uso: ")
                .descriptionHeading("")
                .parameterListHeading("%nArgumentos:%n")
                .optionListHeading("%nOpciones:%n")
                .sortOptions(false)
                .customSynopsis(synopsis(spec))
                .width(100);
        return new CommandLine(spec).setAbbreviatedOptionsAllowed(false);
    }

    private static String synopsis(CommandSpec spec) {
        StringBuilder text = new StringBuilder(spec.name()).append(" [OPCIONES]");
        for (PositionalParamSpec positional : spec.positionalParameters()) {
            boolean optional = positional.arity().min() == 0;
            text.append(optional ? " [" : " ").append(positional.paramLabel()).append(optional ? "]" : "");
        }
        return text.toString();
    }

    private static String nameOf(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    /** The fault in the arguments, in one line of Spanish. */
    static String inSpanish(ParameterException wrong) {
        return switch (wrong) {
            case UnmatchedArgumentException unmatched ->
                "Sobra o no se conoce: " + String.join(" ", unmatched.getUnmatched());
            case MissingParameterException missing ->
                "Falta un valor: "
                        + String.join(
                                ", ",
                                missing.getMissing().stream()
                                        .map(CommandLines::nameOf)
                                        .toList());
            default ->
                wrong.getValue() == null
                        ? "Argumentos no válidos: " + wrong.getMessage()
                        : "El valor «" + wrong.getValue() + "» no es válido";
        };
    }
}
