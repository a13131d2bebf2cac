package com.electroisla.transfer;

/** The catalogue does not fit into an XLSX file; the message is for the operator, in Spanish. */
public final class TooLargeForXlsx extends RuntimeException {
    TooLargeForXlsx(String message) {
        super(message);
    }
}
