package com.electroisla.accounts;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes {@code auth.log} and {@code security.log}. Names come from callers, so control characters are removed from
 * them: nobody can forge a line. Passwords and tokens are never given to this class.
 */
final class AccountLog {
    private static final Logger AUTH = Logger.getLogger("electroisla.auth");
    private static final Logger SECURITY = Logger.getLogger("electroisla.security");
    private static final int LONGEST_NAME = 150;

    private AccountLog() {}

    static void registered(String username, Client client) {
        AUTH.log(Level.INFO, "registro usuario={0} ip={1}", new Object[] {safe(username), client.addressText()});
    }

    static void loggedIn(String username, Client client) {
        AUTH.log(Level.INFO, "login usuario={0} ip={1}", new Object[] {safe(username), client.addressText()});
    }

    static void loginFailed(String username, Client client) {
        AUTH.log(
                Level.WARNING, "login fallido usuario={0} ip={1}", new Object[] {safe(username), client.addressText()});
    }

    static void loggedOut(String username, Client client) {
        AUTH.log(Level.INFO, "logout usuario={0} ip={1}", new Object[] {safe(username), client.addressText()});
    }

    static void loggedOut(int userId, Client client) {
        AUTH.log(
                Level.INFO, "logout usuario_id={0} ip={1}", new Object[] {Integer.toString(userId), client.addressText()
                });
    }

    static void limitExceeded(String what, String username, Client client) {
        SECURITY.log(Level.WARNING, "límite excedido en {0} usuario={1} ip={2}", new Object[] {
            what, safe(username), client.addressText()
        });
    }

    static void refreshTokenReused(int userId, Client client) {
        SECURITY.log(Level.WARNING, "refresh token reutilizado, sesión revocada usuario_id={0} ip={1}", new Object[] {
            Integer.toString(userId), client.addressText()
        });
    }

    static void superuserCreated(String username) {
        SECURITY.log(Level.WARNING, "superusuario creado usuario={0}", safe(username));
    }

    static void passwordChanged(String username) {
        SECURITY.log(Level.WARNING, "contraseña cambiada y sesiones revocadas usuario={0}", safe(username));
    }

    static void sessionsEnded(String username, String which, Client client) {
        SECURITY.log(Level.WARNING, "sesiones cerradas por su dueño ({0}) usuario={1} ip={2}", new Object[] {
            which, safe(username), client.addressText()
        });
    }

    static void accountErased(String username) {
        SECURITY.log(Level.WARNING, "cuenta borrada por su dueño usuario={0}", safe(username));
    }

    static void emailChanged(String username, Client client) {
        SECURITY.log(
                Level.WARNING, "correo cambiado usuario={0} ip={1}", new Object[] {safe(username), client.addressText()
                });
    }

    static void recoveryCodeUsed(String username, Client client) {
        SECURITY.log(Level.WARNING, "código de respaldo usado usuario={0} ip={1}", new Object[] {
            safe(username), client.addressText()
        });
    }

    /** The shop's secret is another one than when the factor was set up. */
    static void factorUnreadable(String username) {
        SECURITY.log(
                Level.WARNING,
                "segundo factor ilegible, se cifró con otro secreto; valen los códigos de respaldo usuario={0}",
                safe(username));
    }

    static void secondFactor(String username, boolean on) {
        SECURITY.log(Level.WARNING, "segundo factor {0} usuario={1}", new Object[] {
            on ? "activado" : "quitado", safe(username)
        });
    }

    static void privilegesChanged(String username, String what, int byUserId) {
        SECURITY.log(
                Level.WARNING,
                "cuenta cambiada ({0}) y sesiones revocadas usuario={1} por_usuario_id={2}",
                new Object[] {what, safe(username), Integer.toString(byUserId)});
    }

    private static String safe(String name) {
        String cut = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
        return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }
}
