/**
 * The command line: what {@code ./manage NAME} finds, what every command gets, and how it ends.
 *
 * <p>A command is a class in the {@code cli} package of its feature that implements
 * {@link com.electroisla.command.ManageCommand} and takes everything from its {@link com.electroisla.command.Context}; the
 * one list of them is {@code Commands}, beside {@code Main}. Only those two and the {@code cli} packages call in here, and
 * it knows no command but its own {@code runserver}. It must never boot Quarkus or load what the chosen command
 * does not need: a command has to end within a second or so beside a running server.
 */
@NullMarked
package com.electroisla.command;

import org.jspecify.annotations.NullMarked;
