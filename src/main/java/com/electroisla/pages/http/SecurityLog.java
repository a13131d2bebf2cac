package com.electroisla.pages.http;

import com.electroisla.accounts.Visitor;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/** Writes refusals of pages to {@code security.log}. */
final class SecurityLog {
    private static final Logger SECURITY = Logger.getLogger("electroisla.security");
    private static final int LONGEST_PATH = 200;
    /** The link to a guest's order opens it to whoever reads this log. */
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{40,}");

    private SecurityLog() {}

    static void missingToken(Visit visit) {
        write("formulario rechazado sin token CSRF", visit);
    }

    static void notAllowed(Visit visit) {
        write("página rechazada por rol", visit);
    }

    /** A request for something that belongs to another user, or does not exist. */
    static void notFound(Visit visit) {
        write("página de algo ajeno o inexistente", visit);
    }

    private static void write(String what, Visit visit) {
        String whole = SECRET.matcher(visit.path()).replaceAll("***");
        String path = whole.substring(0, Math.min(LONGEST_PATH, whole.length()));
        SECURITY.log(Level.WARNING, "{0}: {1} usuario={2} ip={3}", new Object[] {
            what,
            path.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?"),
            visit.visitor().map(Visitor::username).orElse("-"),
            visit.client().address().getHostAddress()
        });
    }
}
