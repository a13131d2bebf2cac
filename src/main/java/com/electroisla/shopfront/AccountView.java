package com.electroisla.shopfront;

import com.electroisla.accounts.OpenSession;
import com.electroisla.pages.Words;
import java.time.Instant;
import java.util.List;

/**
 * The overview of one's own account.
 *
 * @param name first and last name, or the user name
 * @param email empty when the account has none
 */
public record AccountView(String username, String name, String email) {
    /** @param problem the reason of the last refusal; empty at first */
    public record Form(String problem) {}

    /**
     * The forms for another address.
     *
     * @param present the account's address; empty for none
     * @param email as typed
     * @param code of the mailed link, as typed or as it came with the address of the page
     * @param problem the reason of the last refusal; empty at first
     */
    public record Email(String present, String email, String code, String problem) {}

    /** @param device browser and system, in words */
    public record Session(
            String kind, String name, boolean current, String device, String address, Instant since, Instant lastSeen) {
        static Session of(OpenSession session, Words words) {
            return new Session(
                    session.kind().name(),
                    session.name(),
                    session.current(),
                    Device.of(session.userAgent())
                            .inWords(words.text(
                                    session.kind() == OpenSession.Kind.PROGRAM
                                            ? "aparato_programa"
                                            : "aparato_desconocido")),
                    session.address(),
                    session.since(),
                    session.lastSeen());
        }
    }

    public record Sessions(List<Session> rows) {
        public static Sessions of(List<OpenSession> sessions, Words words) {
            return new Sessions(
                    sessions.stream().map(session -> Session.of(session, words)).toList());
        }

        /** Whether there is another one than the present. */
        public boolean others() {
            return rows.stream().anyMatch(each -> !each.current());
        }
    }
}
