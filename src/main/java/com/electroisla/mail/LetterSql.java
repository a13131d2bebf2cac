package com.electroisla.mail;

import com.electroisla.database.Column;
import com.electroisla.database.Fragment;
import com.electroisla.database.Jsonb;
import com.electroisla.database.Like;
import com.electroisla.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;

/** Every statement on {@code correos}. Only a pending letter has a code: a constraint of the table holds that. */
final class LetterSql {
    /** A held letter is pending and due never, so that a release that knows no held letters sends none either. */
    private static final String STATE =
            "CASE WHEN estado = 'pendiente' AND siguiente_at = 'infinity' THEN 'retenido' ELSE estado END";

    private static final String COLUMNS = """
            id, tipo, para, idioma, valores, <state> AS estado, created_at, caduca_at, siguiente_at, intentos,
            enviado_at, fallo
            """.replace("<state>", STATE);

    /** The most letters that a look for a part of an address, or for a state, goes through. */
    static final int MOST_LOOKED_AT = 10_000;

    /** A newer release may have written others: its servers send them. */
    private static final Argument KNOWN = Column.strings(List.of(LetterKind.values()), LetterKind::word);

    private LetterSql() {}

    /** Inserts those whose key is new, and returns how many. */
    static int insert(Handle handle, List<Letter> letters, Instant now) {
        return handle.createUpdate("""
                        INSERT INTO correos (clave, tipo, para, idioma, valores, created_at, caduca_at, siguiente_at)
                        SELECT clave, tipo, para, idioma, CAST(valores AS jsonb), :now, CAST(caduca AS timestamptz),
                               :now
                          FROM unnest(:keys, :kinds, :recipients, :languages, :values, :lapse)
                            AS v(clave, tipo, para, idioma, valores, caduca)
                        ON CONFLICT (clave) DO NOTHING
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("keys", Column.strings(letters, Letter::key))
                .bind("kinds", Column.strings(letters, letter -> letter.kind().word()))
                .bind("recipients", Column.strings(letters, Letter::recipient))
                .bind("languages", Column.strings(letters, Letter::languageWord))
                .bind("values", Column.strings(letters, letter -> Jsonb.text(letter.values())))
                .bind(
                        "lapse",
                        Column.strings(letters, letter -> letter.lapsesAt(now).toString()))
                .execute();
    }

    static void cancel(Handle handle, String keyPrefix, Instant now) {
        handle.createUpdate("""
                        UPDATE correos SET estado = 'caducado', valores = valores - 'codigo', caduca_at = :now
                         WHERE estado = 'pendiente' AND tipo LIKE 'codigo%' AND starts_with(clave, :prefix)
                        """)
                .bind("prefix", keyPrefix)
                .bind("now", Rows.timestamp(now))
                .execute();
    }

    /**
     * Takes the letters that are due, the oldest first, for as long as a lease lasts: until then no other server takes
     * them, and after a crash the next one does.
     */
    static List<StoredLetter> take(Handle handle, Instant now, int most, Duration lease) {
        return handle.createQuery("""
                        UPDATE correos SET siguiente_at = :lease, intentos = intentos + 1
                         WHERE estado = 'pendiente' AND id = ANY(ARRAY(
                               SELECT id FROM correos
                                WHERE estado = 'pendiente' AND siguiente_at <= :now AND caduca_at > :now
                                  AND tipo = ANY(:known)
                                ORDER BY siguiente_at LIMIT :most FOR NO KEY UPDATE SKIP LOCKED))
                        RETURNING <columns>
                        """)
                .define("columns", COLUMNS)
                .bind("known", KNOWN)
                .bind("lease", Rows.timestamp(now.plus(lease)))
                .bind("now", Rows.timestamp(now))
                .bind("most", most)
                .map((row, context) -> letter(row))
                .list();
    }

    /** Marks an accepted letter, whatever became of the row meanwhile: it has left. */
    static void sent(Handle handle, long id, Instant now) {
        handle.createUpdate("""
                        UPDATE correos SET estado = 'enviado', enviado_at = :now, fallo = NULL,
                               valores = valores - 'codigo' - 'enlace'
                         WHERE id = :id AND estado <> 'enviado'
                        """).bind("now", Rows.timestamp(now)).bind("id", id).execute();
    }

    /** Marks a letter that is refused for good; not one that another attempt has in its hands by now. */
    static void failed(Handle handle, StoredLetter letter, String why) {
        handle.createUpdate("""
                        UPDATE correos SET estado = 'fallido', fallo = :why, valores = valores - 'codigo'
                         WHERE id = :id AND estado = 'pendiente' AND intentos = :attempts
                        """)
                .bind("why", why)
                .bind("id", letter.id())
                .bind("attempts", letter.attempts())
                .execute();
    }

    /** Puts the next try off. */
    static void notYet(Handle handle, StoredLetter letter, String why, Instant next) {
        handle.createUpdate("""
                        UPDATE correos SET siguiente_at = :next, fallo = :why
                         WHERE id = :id AND estado = 'pendiente' AND intentos = :attempts
                        """)
                .bind("next", Rows.timestamp(next))
                .bind("why", why)
                .bind("id", letter.id())
                .bind("attempts", letter.attempts())
                .execute();
    }

    /** Makes a letter due anew; only one that is not pending and needs no code. */
    static boolean sendAgain(Handle handle, long id, Instant now, Instant lapses) {
        return handle.createUpdate("""
                        UPDATE correos SET estado = 'pendiente', intentos = 0, siguiente_at = :now, caduca_at = :lapses,
                               fallo = NULL
                         WHERE id = :id AND tipo NOT LIKE 'codigo%'
                           AND (estado IN ('fallido', 'caducado')
                                OR estado = 'pendiente' AND siguiente_at = 'infinity')
                        """)
                        .bind("now", Rows.timestamp(now))
                        .bind("lapses", Rows.timestamp(lapses))
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /** Whether the database has letters: one that an older backup brought back may have none. */
    static boolean isThere(Handle handle) {
        return handle.createQuery("SELECT to_regclass('correos') IS NOT NULL")
                .mapTo(Boolean.class)
                .one();
    }

    /** Lapses codes, which are of no use late, and holds back every other letter that has not left. */
    static int holdBack(Handle handle) {
        handle.execute("UPDATE correos SET estado = 'caducado', valores = valores - 'codigo' "
                + "WHERE estado = 'pendiente' AND tipo LIKE 'codigo%'");
        return handle.createUpdate("UPDATE correos SET siguiente_at = 'infinity' WHERE estado = 'pendiente'")
                .execute();
    }

    static int held(Handle handle) {
        return handle.createQuery("""
                        SELECT count(*) FROM correos WHERE estado = 'pendiente' AND siguiente_at = 'infinity'
                        """).mapTo(Integer.class).one();
    }

    static int sendHeld(Handle handle, Instant now, Instant lapses) {
        return handle.createUpdate("""
                        UPDATE correos SET intentos = 0, siguiente_at = :now, caduca_at = :lapses, fallo = NULL
                         WHERE estado = 'pendiente' AND siguiente_at = 'infinity'
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("lapses", Rows.timestamp(lapses))
                .execute();
    }

    static int dropHeld(Handle handle, Instant now) {
        return handle.createUpdate("""
                        UPDATE correos SET estado = 'caducado', caduca_at = :now
                         WHERE estado = 'pendiente' AND siguiente_at = 'infinity'
                        """).bind("now", Rows.timestamp(now)).execute();
    }

    static int endLapsed(Handle handle, Instant now, int most) {
        return handle.createUpdate("""
                        UPDATE correos SET valores = valores - 'codigo',
                               estado = CASE WHEN intentos > 0 THEN 'fallido' ELSE 'caducado' END
                         WHERE estado = 'pendiente' AND id = ANY(ARRAY(
                               SELECT id FROM correos WHERE estado = 'pendiente' AND caduca_at <= :now
                                ORDER BY caduca_at LIMIT :most FOR NO KEY UPDATE SKIP LOCKED))
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("most", most)
                .execute();
    }

    static int deleteBefore(Handle handle, Instant before, int most) {
        return handle.createUpdate("""
                        DELETE FROM correos WHERE created_at < :before AND estado <> 'pendiente'
                            AND id = ANY(ARRAY(
                                SELECT id FROM correos WHERE estado <> 'pendiente' ORDER BY id LIMIT :most))
                        """)
                .bind("before", Rows.timestamp(before))
                .bind("most", most)
                .execute();
    }

    static Optional<StoredLetter> find(Handle handle, long id) {
        return handle.createQuery("SELECT <columns> FROM correos WHERE id = :id AND tipo = ANY(:known)")
                .define("columns", COLUMNS)
                .bind("known", KNOWN)
                .bind("id", id)
                .map((row, context) -> letter(row))
                .findOne();
    }

    /** Letters before the id to this address, which an index finds, the newest first. */
    static List<StoredLetter> to(Handle handle, String recipient, String state, long before, int most) {
        Fragment shown = shown(state)
                .and("lower(para) = lower(:recipient) AND id < :before")
                .with("recipient", recipient)
                .with("before", before);
        return page(shown.in(handle.createQuery("""
                        SELECT <columns> FROM correos WHERE <condition> ORDER BY id DESC LIMIT :most
                        """)), most);
    }

    /**
     * Letters among the {@value #MOST_LOOKED_AT} before the id, the newest first.
     *
     * @param part of the address; empty for any
     * @param state empty for any
     */
    static List<StoredLetter> among(Handle handle, String part, String state, long before, int most) {
        Fragment shown = shown(state);
        if (!part.isEmpty()) {
            shown = shown.and("para ILIKE :part").with("part", Like.containing(part));
        }
        return page(
                shown.in(handle.createQuery("""
                        SELECT <columns>
                          FROM (SELECT * FROM correos WHERE id < :before ORDER BY id DESC LIMIT <mostLookedAt>) AS c
                         WHERE <condition> ORDER BY id DESC LIMIT :most
                        """)).bind("before", before).define("mostLookedAt", MOST_LOOKED_AT), most);
    }

    /** The id from which {@link #among} did not look any further; empty when it looked at all. */
    static Optional<Long> lookedAtFrom(Handle handle, long before) {
        return handle.createQuery("""
                        SELECT id FROM correos WHERE id < :before ORDER BY id DESC OFFSET <mostLookedAt> LIMIT 1
                        """)
                .define("mostLookedAt", MOST_LOOKED_AT)
                .bind("before", before)
                .mapTo(Long.class)
                .findOne()
                .map(next -> next + 1);
    }

    private static Fragment shown(String state) {
        Fragment shown = Fragment.of("tipo = ANY(:known)").with("known", KNOWN);
        return state.isEmpty() ? shown : shown.and(STATE + " = :state").with("state", state);
    }

    private static List<StoredLetter> page(Query query, int most) {
        return query.define("columns", COLUMNS)
                .bind("most", most)
                .map((row, context) -> letter(row))
                .list();
    }

    @SuppressWarnings("unchecked")
    private static StoredLetter letter(ResultSet row) throws SQLException {
        return new StoredLetter(
                row.getLong("id"),
                LetterKind.of(row.getString("tipo")),
                row.getString("para"),
                row.getString("idioma"),
                (Map<String, Object>) Jsonb.read(row.getString("valores"), Map.class),
                LetterState.of(row.getString("estado")),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "caduca_at"),
                Rows.instant(row, "siguiente_at"),
                row.getInt("intentos"),
                Rows.nullableInstant(row, "enviado_at"),
                row.getString("fallo"));
    }

    /** Deletes whatever was or is to be written to this user at this address. */
    static void forget(Handle handle, String recipient, int userId) {
        handle.createUpdate("DELETE FROM correos c WHERE lower(c.para) = lower(:recipient) AND NOT <ofAnother>")
                .define("ofAnother", Letters.OF_ANOTHER)
                .bind("recipient", recipient)
                .bind("userId", userId)
                .execute();
    }
}
