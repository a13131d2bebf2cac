package com.electroisla.accounts.http;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Like {@link SignedIn}, for changes that lock the user before anything else and check there whether the account is
 * still active: carts, checkouts and payments. An earlier check would cost each of them a trip to the database and
 * could be outdated at once.
 */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface SignedInUnderLock {}
