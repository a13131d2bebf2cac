package com.electroisla.shopfront;

import com.electroisla.accounts.Addresses;
import com.electroisla.accounts.Addresses.Address;
import com.electroisla.accounts.Addresses.Typed;
import java.util.List;

/**
 * The buyer's addresses and the form for one of them.
 *
 * @param edited the id of the address in the form; 0 for a new one
 * @param typed the form's values
 * @param main whether the form's box for the first choice is ticked
 * @param problem the reason of the last refusal; empty at first
 */
public record AddressesView(List<Address> rows, long edited, Typed typed, boolean main, String problem) {
    public static AddressesView of(List<Address> rows) {
        return new AddressesView(rows, 0, new Typed("", "", ""), rows.isEmpty(), "");
    }

    public boolean full() {
        return rows.size() >= Addresses.MOST;
    }

    /** The target of the form. */
    public String action() {
        return edited == 0 ? "/cuenta/direcciones/" : "/cuenta/direcciones/" + edited + "/";
    }
}
