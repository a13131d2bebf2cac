package com.electroisla.accounts.http;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks calls that need a valid access token of an account that exists and is active now; otherwise 401.
 * {@link Callers#of} gives the account with its present name and role. For a buyer who reads, the present is the last
 * change that the database announced, moments ago.
 */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface SignedIn {}
