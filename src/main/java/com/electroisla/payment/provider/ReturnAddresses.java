package com.electroisla.payment.provider;

import java.net.URI;

/**
 * Where a provider's page leads back to.
 *
 * @param shop the shop's address, without a path
 * @param afterwards for a buyer who has paid
 * @param leftOff for a buyer who went away without paying
 */
public record ReturnAddresses(URI shop, URI afterwards, URI leftOff) {}
