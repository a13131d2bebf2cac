package com.electroisla.payment.provider;

/**
 * The page on which a buyer pays.
 *
 * @param reference the provider's own name for the payment
 */
public record PaymentPage(String reference, String url) {}
