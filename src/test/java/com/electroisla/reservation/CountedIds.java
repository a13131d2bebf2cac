package com.electroisla.reservation;

/** Ids for a decision without a database: from 1001 on. */
final class CountedIds implements Decision.Ids {
    private long last = 1000;

    @Override
    public long hold() {
        return ++last;
    }

    @Override
    public long checkout() {
        return ++last;
    }

    @Override
    public long order() {
        return ++last;
    }

    @Override
    public long payment() {
        return ++last;
    }

    @Override
    public long charge() {
        return ++last;
    }

    @Override
    public long refund() {
        return ++last;
    }
}
