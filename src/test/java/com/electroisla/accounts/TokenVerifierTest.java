package com.electroisla.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.JdbcTarget;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The database cannot be reached, so every test also shows that an instance that hears revocations does not ask it.
 */
class TokenVerifierTest {
    private static final Account ALE = new Account(7, "ale", "ale@example.com", Role.TRABAJADOR, true, "!");

    private static final PublicJsonWebKey RSA = newKey(Signing.RSA);
    private static final PublicJsonWebKey CURVE = newKey(Signing.CURVE);
    private static final PublicJsonWebKey STRANGER = newKey(Signing.RSA);

    private final PublicJsonWebKey key = RSA;
    private final PublicJsonWebKey stranger = STRANGER;
    private final MovedClock clock = new MovedClock();
    private final Database unreachable =
            new Database(new JdbcTarget("jdbc:postgresql://127.0.0.1:1/none", "nobody", ""), 1);
    private final Revocations revocations = new Revocations(
            unreachable,
            DatabaseClock.REAL,
            new HearingFeed(),
            new PresentAccounts(id -> Optional.empty(), () -> true));
    private final TokenVerifier verifier = new TokenVerifier(this::find, revocations, clock);
    private final AccessTokens tokens = new AccessTokens(() -> key, clock);

    @AfterEach
    void stop() {
        unreachable.close();
    }

    @Test
    void a_token_of_ours_says_who_it_speaks_for_and_until_when() {
        Caller caller = verifier.verify(tokens.issue(ALE, "familia1")).orElseThrow();

        assertEquals(new Caller(7, "ale", Role.TRABAJADOR, "familia1", clock.now.plus(Duration.ofMinutes(15))), caller);
    }

    @Test
    void the_longest_name_there_can_be_fits_into_one() {
        String name = "\ud801\udc37".repeat(150);
        var account = new Account(7, name, "ale@example.com", Role.CLIENTE, true, "!");

        assertEquals(
                name,
                verifier.verify(tokens.issue(account, "f".repeat(32)))
                        .orElseThrow()
                        .username());
    }

    @Test
    void it_stops_working_the_instant_it_expires_remembered_or_not() {
        String remembered = tokens.issue(ALE, "familia1");
        String fresh = tokens.issue(ALE, "familia1");
        clock.move(Duration.ofMinutes(15).minusSeconds(1));
        assertEquals(Optional.empty(), verifier.remembered(remembered), "nobody has let it in yet");
        assertTrue(verifier.verify(remembered).isPresent());
        assertEquals(7, verifier.remembered(remembered).orElseThrow().userId());

        clock.move(Duration.ofSeconds(1));

        assertRefused(remembered);
        assertRefused(fresh);
    }

    @Test
    void it_stops_working_when_its_family_is_revoked_and_others_go_on() {
        String token = tokens.issue(ALE, "familia1");
        String other = tokens.issue(ALE, "familia2");
        assertTrue(verifier.verify(token).isPresent());

        revocations.revoked("familia1");

        assertRefused(token);
        assertTrue(verifier.verify(other).isPresent());
    }

    @Test
    void a_key_that_is_not_ours_is_refused_under_its_own_id_and_under_ours() throws JoseException {
        assertRefused(signed(claims(), stranger, stranger.getKeyId()));
        assertRefused(signed(claims(), stranger, key.getKeyId()));
        assertRefused(signed(claims(), key, null));
        assertTrue(verifier.verify(signed(claims(), key, key.getKeyId())).isPresent(), "the control");
    }

    @Test
    void a_token_of_an_instance_of_the_release_before_is_taken() throws JoseException {
        assertTrue(verifier.verify(new AccessTokens(() -> CURVE, clock).issue(ALE, "familia1"))
                .isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
                AlgorithmIdentifiers.RSA_USING_SHA512,
                AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256
            })
    void a_signature_by_our_key_with_another_algorithm_than_the_keys_own_is_refused(String algorithm)
            throws JoseException {
        PublicJsonWebKey signer = algorithm.startsWith("ES") ? CURVE : key;
        String token = signed(claims(), signer, key.getKeyId(), algorithm);

        assertRefused(token);
    }

    @Test
    void the_algorithm_none_is_refused() throws JoseException {
        var unsigned = new JsonWebSignature();
        unsigned.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        unsigned.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
        unsigned.setKeyIdHeaderValue(key.getKeyId());
        unsigned.setPayload(claims().toJson());

        assertRefused(unsigned.getCompactSerialization());
        String[] parts = tokens.issue(ALE, "familia1").split("\\.");
        for (String algorithm : new String[] {"none", "None", "NONE", ""}) {
            String header = base64("{\"alg\":\"" + algorithm + "\",\"kid\":\"" + key.getKeyId() + "\"}");
            assertRefused(header + "." + parts[1] + ".");
            assertRefused(header + "." + parts[1] + "." + parts[2]);
        }
    }

    @Test
    void our_public_key_used_as_an_hmac_secret_is_refused() throws JoseException {
        var confused = new JsonWebSignature();
        confused.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        confused.setPayload(claims().toJson());
        for (PublicJsonWebKey ours : List.of(RSA, CURVE)) {
            confused.setKeyIdHeaderValue(ours.getKeyId());
            confused.setKey(new HmacKey(ours.getPublicKey().getEncoded()));

            assertRefused(confused.getCompactSerialization());
        }
    }

    @Test
    void another_issuer_is_refused() throws JoseException {
        JwtClaims claims = claims();
        claims.setIssuer("otra-isla");

        assertRefused(signed(claims, key, key.getKeyId()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat", "iss", "sub", "jti", "username", "rol", "sid"})
    void a_token_without_one_of_its_claims_is_refused(String missing) throws JoseException {
        JwtClaims claims = claims();
        claims.unsetClaim(missing);

        assertRefused(signed(claims, key, key.getKeyId()));
    }

    @Test
    void a_token_that_lives_longer_than_ours_or_comes_from_the_future_is_refused_whoever_signed_it()
            throws JoseException {
        JwtClaims tenYears = claims();
        tenYears.setExpirationTime(
                NumericDate.fromSeconds(clock.now.plus(Duration.ofDays(3650)).getEpochSecond()));
        assertRefused(signed(tenYears, key, key.getKeyId()));

        JwtClaims issuedLongAgo = claims();
        issuedLongAgo.setIssuedAt(
                NumericDate.fromSeconds(clock.now.minus(Duration.ofDays(3650)).getEpochSecond()));
        assertRefused(signed(issuedLongAgo, key, key.getKeyId()));

        JwtClaims issuedTomorrow = claims();
        issuedTomorrow.setIssuedAt(
                NumericDate.fromSeconds(clock.now.plus(Duration.ofDays(1)).getEpochSecond()));
        issuedTomorrow.setExpirationTime(NumericDate.fromSeconds(
                clock.now.plus(Duration.ofDays(1)).plusSeconds(60).getEpochSecond()));
        assertRefused(signed(issuedTomorrow, key, key.getKeyId()));

        JwtClaims absurd = claims();
        absurd.setIssuedAt(NumericDate.fromSeconds(Long.MIN_VALUE));
        assertRefused(signed(absurd, key, key.getKeyId()));
        absurd.setExpirationTime(NumericDate.fromSeconds(Long.MAX_VALUE));
        assertRefused(signed(absurd, key, key.getKeyId()));
    }

    @Test
    void a_token_of_an_instance_whose_clock_is_a_little_ahead_is_taken() throws JoseException {
        JwtClaims ahead = claims();
        ahead.setIssuedAt(NumericDate.fromSeconds(clock.now.plusSeconds(60).getEpochSecond()));
        ahead.setExpirationTime(NumericDate.fromSeconds(
                clock.now.plusSeconds(60).plus(AccessTokens.LIFETIME).getEpochSecond()));

        assertTrue(verifier.verify(signed(ahead, key, key.getKeyId())).isPresent());
    }

    @Test
    void a_claim_of_another_type_is_refused() throws JoseException {
        for (Map.Entry<String, Object> wrong : Map.<String, Object>of(
                        "sub", "siete", "username", 7, "sid", 1, "exp", "mañana", "rol", true)
                .entrySet()) {
            JwtClaims claims = claims();
            claims.setClaim(wrong.getKey(), wrong.getValue());
            assertRefused(signed(claims, key, key.getKeyId()));
        }
    }

    @Test
    void a_changed_or_truncated_token_is_refused() {
        String token = tokens.issue(ALE, "familia1");
        assertTrue(verifier.verify(token).isPresent());
        String[] parts = token.split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);

        assertRefused(parts[0] + "." + base64(claims.replace("trabajador", "admin")) + "." + parts[2]);
        assertRefused(parts[0] + "." + parts[1] + ".");
        assertRefused(parts[0] + "." + parts[1]);
        for (int length = 0; length < token.length(); length += 7) {
            assertRefused(token.substring(0, length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "a.b.c.d.e", "ñandú", "eyJhbGciOiJFUzI1NiJ9.e30.x", "null"})
    void what_is_no_token_is_refused(String text) {
        assertRefused(text);
    }

    @Test
    void a_huge_text_is_refused_unread() {
        assertRefused("a".repeat(1_000_000));
    }

    private void assertRefused(String token) {
        assertEquals(Optional.empty(), verifier.remembered(token));
        assertEquals(Optional.empty(), verifier.verify(token));
    }

    private Optional<Key> find(String keyId) {
        return Stream.of(RSA, CURVE)
                .filter(ours -> ours.getKeyId().equals(keyId))
                .findFirst()
                .map(PublicJsonWebKey::getKey);
    }

    private JwtClaims claims() {
        var claims = new JwtClaims();
        claims.setIssuer(AccessTokens.ISSUER);
        claims.setSubject("7");
        claims.setStringClaim("username", "ale");
        claims.setStringClaim("rol", "cliente");
        claims.setStringClaim("sid", "familia1");
        claims.setJwtId("uno");
        claims.setIssuedAt(NumericDate.fromSeconds(clock.now.getEpochSecond()));
        claims.setExpirationTime(
                NumericDate.fromSeconds(clock.now.plusSeconds(60).getEpochSecond()));
        return claims;
    }

    private static String signed(JwtClaims claims, PublicJsonWebKey key, String keyId) throws JoseException {
        return signed(claims, key, keyId, Signing.of(key).algorithm);
    }

    private static String signed(JwtClaims claims, PublicJsonWebKey key, String keyId, String algorithm)
            throws JoseException {
        var signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(algorithm);
        if (keyId != null) {
            signature.setKeyIdHeaderValue(keyId);
        }
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        return signature.getCompactSerialization();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static PublicJsonWebKey newKey(Signing kind) {
        try {
            PublicJsonWebKey key = kind.make();
            key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
            return key;
        } catch (JoseException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static final class MovedClock implements InstantSource {
        Instant now = Instant.parse("2026-05-01T12:00:00Z");

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static final class HearingFeed implements RevocationFeed {
        @Override
        public void announce(Handle handle, String family) {}

        @Override
        public void start(Listener listener) {}

        @Override
        public boolean hears() {
            return true;
        }

        @Override
        public void close() {}
    }
}
