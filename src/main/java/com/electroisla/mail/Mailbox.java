package com.electroisla.mail;

import com.electroisla.audit.Actor;
import com.electroisla.audit.AuditSql;
import com.electroisla.audit.Entry;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * All letters, for the staff: those that left, those that wait, and those that would leave if there were a mail server.
 */
public final class Mailbox {
    private static final Pattern WHOLE_ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]{2,}");

    private final Database database;
    private final DatabaseClock clock;
    private final Composition composition;
    private final LetterForm form;
    private final boolean sends;

    /** @param sends whether a mail server is set */
    public Mailbox(Database database, DatabaseClock clock, Composition composition, LetterForm form, boolean sends) {
        this.database = database;
        this.clock = clock;
        this.composition = composition;
        this.form = form;
        this.sends = sends;
    }

    /** A letter as a person reads it. */
    public record Opened(StoredLetter letter, String subject, String text) {
        /** Without the text, which may have a code. */
        @Override
        public String toString() {
            return letter.toString();
        }
    }

    /** Whether letters leave at all: a mail server is set. */
    public boolean sends() {
        return sends;
    }

    /**
     * A part of the letters.
     *
     * @param older the id before which letters were not looked at; empty when there are none
     */
    public record Found(List<StoredLetter> letters, Optional<Long> older) {}

    /**
     * Letters with a smaller id, the newest first. A whole address finds all its letters; a part of one, and a state,
     * are looked for among so many at a time, so that no question reads a whole table.
     */
    public Found page(String recipient, String state, long before, int most) {
        return database.read(handle -> {
            if (WHOLE_ADDRESS.matcher(recipient).matches()) {
                return new Found(LetterSql.to(handle, recipient, state, before, most), Optional.empty());
            }
            boolean any = recipient.isEmpty() && state.isEmpty();
            return new Found(
                    LetterSql.among(handle, recipient, state, before, most),
                    any ? Optional.empty() : LetterSql.lookedAtFrom(handle, before));
        });
    }

    /** The number of letters that one question goes through. */
    public static int mostLookedAt() {
        return LetterSql.MOST_LOOKED_AT;
    }

    /** How many letters are held back since a backup was restored. */
    public int held() {
        return database.read(LetterSql::held);
    }

    public String subject(StoredLetter letter) {
        return composition.withoutCode(letter).subject();
    }

    /** @param codes whether the reader may see a code */
    public Optional<Opened> open(long id, boolean codes) {
        return database.<Optional<StoredLetter>, RuntimeException>read(handle -> LetterSql.find(handle, id))
                .map(letter -> opened(letter, codes));
    }

    /** The letter with its code; that somebody saw one is in the log of the staff's deeds. */
    public Optional<Opened> openWithCode(long id, Actor reader) {
        return database.<Optional<StoredLetter>, RuntimeException>inTransaction(handle -> {
                    Optional<StoredLetter> found = LetterSql.find(handle, id);
                    if (found.filter(StoredLetter::showsCode).isPresent()) {
                        var entry = new Entry(
                                "ver_codigo",
                                "correo",
                                id,
                                "Correo #" + id,
                                Map.of("para", found.get().recipient()));
                        AuditSql.write(handle, reader, entry, clock.now(handle));
                    }
                    return found;
                })
                .map(letter -> opened(letter, true));
    }

    private Opened opened(StoredLetter letter, boolean codes) {
        Document document = codes ? composition.document(letter) : composition.withoutCode(letter);
        return new Opened(letter, document.subject(), form.text(document));
    }

    /** Makes a letter that failed or lapsed due anew, once for each form; false for one that cannot be. */
    public Applied<Boolean> sendAgain(long id, Actor actor, IdempotencyKey once) {
        return database.inTransaction(handle -> Applied.once(
                handle,
                once,
                clock,
                () -> sendAgain(handle, id, actor),
                done -> done ? Optional.of("") : Optional.empty()));
    }

    /** Sends or drops all held letters, once for each form, and returns how many. */
    public Applied<Integer> endHold(boolean send, Actor actor, IdempotencyKey once) {
        return database.inTransaction(handle -> Applied.once(
                handle, once, clock, () -> endHold(handle, send, actor), done -> Optional.of(Integer.toString(done))));
    }

    private int endHold(Handle handle, boolean send, Actor actor) {
        Instant now = clock.now(handle);
        int done = send ? LetterSql.sendHeld(handle, now, Letter.lapsesAnew(now)) : LetterSql.dropHeld(handle, now);
        if (done > 0) {
            AuditSql.write(
                    handle,
                    actor,
                    new Entry(send ? "enviar" : "descartar", "correo", 0, "Correos retenidos", Map.of("correos", done)),
                    now);
        }
        return done;
    }

    private boolean sendAgain(Handle handle, long id, Actor actor) {
        Instant now = clock.now(handle);
        Optional<StoredLetter> before = LetterSql.find(handle, id);
        if (before.isEmpty() || !LetterSql.sendAgain(handle, id, now, Letter.lapsesAnew(now))) {
            return false;
        }
        AuditSql.write(
                handle,
                actor,
                new Entry(
                        "reenviar",
                        "correo",
                        id,
                        "Correo #" + id,
                        Map.of(
                                "antes", Map.of("estado", before.get().state().word()),
                                "despues", Map.of("estado", LetterState.PENDING.word()))),
                now);
        return true;
    }
}
