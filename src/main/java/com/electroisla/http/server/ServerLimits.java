package com.electroisla.http.server;

/**
 * The memory of this process that clients may hold, as shares of its heap: with the 256 MiB of {@code manage} 24 MiB
 * of bodies, 8 of headers, 24 of unread answers, and 4,096 connections at some 15 KiB each. The shop itself needs the
 * other half.
 *
 * @param bodies bytes of bodies, weighed, of all requests that are not answered yet
 * @param bodiesOfOne the same of one client address
 * @param heads bytes of unusually large headers, weighed
 * @param answers bytes of answers that wait for their readers
 * @param connectionsOfOne of one peer; loopback and trusted proxies stand for many people and are not limited
 * @param streams answers that do not end, each of which holds its connection
 */
record ServerLimits(
        long bodies,
        long bodiesOfOne,
        long heads,
        long answers,
        int connections,
        int connectionsOfOne,
        int streams,
        int streamsOfOne) {
    private static final long CONNECTION_BYTES = 64 * 1024;
    private static final int FEWEST_CONNECTIONS = 512;
    private static final int MOST_CONNECTIONS = 20_000;

    static ServerLimits ofHeap(long bytes) {
        int connections = Math.clamp(bytes / CONNECTION_BYTES, FEWEST_CONNECTIONS, MOST_CONNECTIONS);
        return new ServerLimits(
                bytes / 32 * 3, bytes / 128 * 3, bytes / 32, bytes / 32 * 3, connections, 256, connections / 2, 50);
    }
}
