/**
 * The command line: the commands of {@code ./manage NAME}, the context that each gets, and its exit code.
 *
 * <p>A command is a class in the {@code cli} package of its feature that implements
 * {@link com.electroisla.command.ManageCommand}. The one list of them is {@code Commands}, beside {@code Main}, which
 * names the {@link com.electroisla.command.Part} of the shop that each works with; everything else comes from its
 * {@link com.electroisla.command.Context}. Only those two and the {@code cli} packages call this
 * package, and it knows no command but its own {@code runserver}. A command must never boot Quarkus or load classes
 * that it does not need: it has to end within a second or so beside a running server.
 */
@NullMarked
package com.electroisla.command;

import org.jspecify.annotations.NullMarked;
