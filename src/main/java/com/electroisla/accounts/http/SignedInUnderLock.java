package com.electroisla.accounts.http;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * As {@link SignedIn}, for changes that lock the user before anything else and look there whether the account may still act:
 * carts, checkouts and payments. Asking before as well would cost each of them a trip to the database and say nothing that holds.
 */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface SignedInUnderLock {}
