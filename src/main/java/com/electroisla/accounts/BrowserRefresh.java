package com.electroisla.accounts;

/** The outcome of a refresh by a browser, whose token travels in a cookie. */
public sealed interface BrowserRefresh {

    /** @param tokens the refresh token is empty when the browser has the right one already */
    record Refreshed(TokenPair tokens, Holder holder) implements BrowserRefresh {}

    /** The token is none of ours, ended, or was used before; the caller is not told which. */
    record Refused() implements BrowserRefresh {}
}
