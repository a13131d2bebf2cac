package com.electroisla.accounts.http;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Only with a valid access token of an account that is there and active at this moment, otherwise 401. {@link Callers#of} says
 * whose, with the name and the role of now. For a buyer who reads, now is what the database last told of that buyer, moments ago.
 */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface SignedIn {}
