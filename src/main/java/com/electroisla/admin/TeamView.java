package com.electroisla.admin;

import com.electroisla.accounts.InviteStaff.Invitation;
import com.electroisla.accounts.Role;
import com.electroisla.accounts.SecondFactors.Rule;
import java.util.Arrays;
import java.util.List;

/**
 * The page about colleagues to be.
 *
 * @param rule whether the staff must have a second factor
 * @param email as typed
 * @param role the word of the chosen role
 * @param problem the reason of the last refusal; empty at first
 */
public record TeamView(List<Invitation> waiting, Rule rule, String email, String role, String problem) {
    public List<String> roles() {
        return Arrays.stream(Role.values())
                .filter(role -> role != Role.CLIENTE)
                .map(Role::text)
                .toList();
    }
}
