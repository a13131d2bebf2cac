/**
 * The command line: what {@code ./manage NAME} finds, what every command gets, and how it ends.
 *
 * <p>{@link com.electroisla.command.Manage} holds the one list of commands; a command is a class in the {@code cli}
 * package of its feature that implements {@link com.electroisla.command.ManageCommand} and takes everything from its
 * {@link com.electroisla.command.Context}. Only {@code Main} calls in here. Nothing here may boot Quarkus or load what
 * the chosen command does not need: a command has to end within a second or so beside a running server.
 */
@NullMarked
package com.electroisla.command;

import org.jspecify.annotations.NullMarked;
