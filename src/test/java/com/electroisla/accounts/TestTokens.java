package com.electroisla.accounts;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.jose4j.jwk.PublicJsonWebKey;

/** Access tokens without the cost of a login, and false ones that must be refused. */
public final class TestTokens {
    private final Database database;
    private final Path home;
    private final SigningKeys keys;

    /** @param home the folder of the key; its public half goes into the database */
    public TestTokens(Database database, Path home) {
        this.database = database;
        this.home = home;
        MadeKeys.into(home.resolve("claves"));
        this.keys = new SigningKeys(database, DatabaseClock.REAL, home.resolve("claves"), InstantSource.system());
    }

    /** A token like a login's; every call is a sign-in of its own. */
    public String of(int userId) {
        return issue(keys.own(), userId, InstantSource.system());
    }

    /** A token that expired a second ago. */
    public String expired(int userId) {
        return issue(
                keys.own(),
                userId,
                InstantSource.fixed(Instant.now().minus(AccessTokens.LIFETIME).minus(Duration.ofSeconds(1))));
    }

    /** A token like ours, but signed with a key that was never published. */
    public String signedByStranger(int userId) {
        return issue(strangersKey(), userId, InstantSource.system());
    }

    /** A token with our key's id, but signed with another key. */
    public String signedByStrangerInOurName(int userId) {
        PublicJsonWebKey stranger = strangersKey();
        stranger.setKeyId(keys.own().getKeyId());
        return issue(stranger, userId, InstantSource.system());
    }

    /** A token with the algorithm {@code none}, which claims to need no signature. */
    public String unsigned(int userId) {
        return base64("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + of(userId).split("\\.")[1] + ".";
    }

    /** A user's own token with another user's id written into it; the signature is the old one. */
    public String withAnotherSubject(int userId, int victim) {
        String[] parts = of(userId).split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        return parts[0] + "." + base64(claims.replace("\"sub\":\"" + userId + "\"", "\"sub\":\"" + victim + "\"")) + "."
                + parts[2];
    }

    private PublicJsonWebKey strangersKey() {
        return new KeyFile(home.resolve("ajena").resolve("claves"), Signing.of(keys.own())).readOrMake();
    }

    private String issue(PublicJsonWebKey key, int userId, InstantSource clock) {
        Account account =
                database.read(handle -> AccountSql.byId(handle, userId)).orElseThrow();
        return new AccessTokens(() -> key, clock).issue(account, "prueba" + System.nanoTime());
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
