package com.electroisla.payment;

import java.math.BigDecimal;

/**
 * Units of a payment at the agreed price.
 *
 * @param hold the hold that keeps them, as long as it lives
 */
public record PaymentLine(long payment, long hold, long productId, int quantity, BigDecimal unitPrice) {}
