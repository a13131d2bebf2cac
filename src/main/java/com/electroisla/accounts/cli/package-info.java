/**
 * {@code createsuperuser} and {@code changepassword}, as in Django. Only the list of commands makes them; the rules
 * are in {@link com.electroisla.accounts.ManageAccounts}. A password is never an argument, is never echoed and is
 * never printed.
 */
@NullMarked
package com.electroisla.accounts.cli;

import org.jspecify.annotations.NullMarked;
