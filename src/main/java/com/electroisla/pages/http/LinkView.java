package com.electroisla.pages.http;

/**
 * The page of a mailed link.
 *
 * @param token what the link opens with; empty where it has to be typed
 * @param open whether the link is good
 * @param person whose account it is, or the address that is invited
 * @param role the word of the invitation's role; empty for other links
 * @param username as typed
 * @param someoneElse the name of a signed-in user, who must sign out first; empty for nobody
 * @param problem the reason of the last refusal; empty at first
 */
public record LinkView(
        String token, boolean open, String person, String role, String username, String someoneElse, String problem) {
    /** The page of a link that opens nothing, or of none. */
    static LinkView closed(String token, String problem) {
        return new LinkView(token, false, "", "", "", "", problem);
    }
}
