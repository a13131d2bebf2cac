package com.electroisla.admin;

import com.electroisla.audit.Actor;
import com.electroisla.http.QueryParameters;
import com.electroisla.http.SearchWords;
import com.electroisla.mail.LetterState;
import com.electroisla.mail.Mailbox;
import com.electroisla.mail.StoredLetter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The letters to people, for the staff. */
public final class MailList {
    private static final int PAGE = 50;
    static final List<String> STATES =
            Arrays.stream(LetterState.values()).map(LetterState::word).toList();

    private final Mailbox mailbox;

    public MailList(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    public MailsView page(QueryParameters query) {
        String search = SearchWords.of("q", query.get("q")).text();
        String state = text(query, "estado");
        long before = before(query);
        Mailbox.Found found = mailbox.page(search, STATES.contains(state) ? state : "", before, PAGE + 1);
        List<StoredLetter> letters = found.letters();
        boolean more = letters.size() > PAGE;
        return new MailsView(
                search,
                state,
                STATES,
                mailbox.sends(),
                mailbox.held(),
                letters.stream()
                        .limit(PAGE)
                        .map(letter -> MailsView.Row.of(letter, mailbox.subject(letter)))
                        .toList(),
                more ? before(query, letters.get(PAGE - 1).id()) : null,
                more ? null : found.older().map(id -> before(query, id)).orElse(null),
                before == Long.MAX_VALUE);
    }

    private static String before(QueryParameters query, long id) {
        return Section.MAILS.href() + query.with(Map.of("antes", Long.toString(id)));
    }

    /** @param codesFor the reader, if they may see a code */
    public Optional<MailsView.Detail> find(long id, Optional<Actor> codesFor) {
        return codesFor.map(reader -> mailbox.openWithCode(id, reader))
                .orElseGet(() -> mailbox.open(id, false))
                .map(opened -> new MailsView.Detail(
                        MailsView.Row.of(opened.letter(), opened.subject()),
                        opened.text(),
                        opened.letter(),
                        opened.letter().kind().hasCode() && codesFor.isEmpty(),
                        opened.letter().canBeSentAgain()));
    }

    private static long before(QueryParameters query) {
        String text = text(query, "antes");
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : Long.MAX_VALUE;
    }

    private static String text(QueryParameters query, String name) {
        return Objects.requireNonNullElse(query.get(name), "").strip();
    }
}
