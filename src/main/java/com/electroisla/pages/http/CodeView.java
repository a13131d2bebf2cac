package com.electroisla.pages.http;

/**
 * The second step of a sign-in.
 *
 * @param door the page of the first step
 * @param next the page after a success; empty for the usual one
 * @param half the first step, signed for this visit
 * @param problem the reason of the last refusal; empty at first
 */
public record CodeView(String door, String next, String half, String problem) {}
