/**
 * The shop to try things on: a catalogue, users of every role, reservations and orders in every state.
 *
 * <p>Owns the table {@code demo_marca}, whose presence says that a database holds the demo and nothing else. The demo's
 * passwords are printed and known to everybody, so a database with that mark is served on loopback only: whoever starts
 * a server asks {@link com.electroisla.demo.DemoShop#isDemo}. The demo must never be written into a database that holds
 * anything else. Only the command root and the launcher call this package.
 */
@NullMarked
package com.electroisla.demo;

import org.jspecify.annotations.NullMarked;
