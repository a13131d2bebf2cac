/**
 * The framework side of the HTTP edge: Quarkus, JAX-RS and Vert.x are used here and in the features' {@code http}
 * sub-packages, nowhere else. The package owns the rules for every request (request id, limits, CORS, security
 * headers, the caller's address) and for every connection, from its first byte
 * ({@link com.electroisla.http.server.Door}), and turns every failure into the one error body of the contract. A
 * feature's resource is a {@code @RequestScoped} class with {@code @RunOnVirtualThread} methods that takes the
 * parts it uses in its constructor, reads a {@code byte[]} with {@link com.electroisla.http.Json#read}
 * and answers with {@link com.electroisla.http.server.Responses#of}. An answer must never contain a stack trace, SQL
 * or a class name, and no class here may decide anything about the shop.
 */
@NullMarked
package com.electroisla.http.server;

import org.jspecify.annotations.NullMarked;
