package com.electroisla.accounts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Issues access tokens: JWTs signed with this instance's key, good for 15 minutes on every instance. */
final class AccessTokens {
    static final String ISSUER = "electro-isla";
    static final Duration LIFETIME = Duration.ofMinutes(15);
    /** How far the clocks of two instances may be apart. */
    static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    static final String USERNAME = "username";
    static final String ROLE = "rol";
    /** The family: OpenID's name for the session a token belongs to. */
    static final String FAMILY = "sid";

    private final Supplier<PublicJsonWebKey> ownKey;
    private final InstantSource clock;

    /** @param ownKey this instance's key, published; see {@link SigningKeys#published} */
    AccessTokens(Supplier<PublicJsonWebKey> ownKey, InstantSource clock) {
        this.ownKey = ownKey;
        this.clock = clock;
    }

    String issue(Account account, String family) {
        Instant now = clock.instant();
        var claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setSubject(Integer.toString(account.id()));
        claims.setStringClaim(USERNAME, account.username());
        claims.setStringClaim(ROLE, account.role().text());
        claims.setStringClaim(FAMILY, family);
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setIssuedAt(NumericDate.fromMilliseconds(now.toEpochMilli()));
        claims.setExpirationTime(NumericDate.fromMilliseconds(now.plus(LIFETIME).toEpochMilli()));
        PublicJsonWebKey key = ownKey.get();
        var signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(Signing.of(key).algorithm);
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setHeader("typ", "JWT");
        signature.setPayload(ReadableClaims.of(claims.toJson()));
        signature.setKey(key.getPrivateKey());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
