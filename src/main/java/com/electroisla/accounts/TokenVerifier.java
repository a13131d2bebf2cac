package com.electroisla.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.Key;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/**
 * Tells whose an access token is, if it is one of ours, unexpired and not revoked.
 *
 * <p>A signature is verified once and the result remembered under the token's whole text, so a changed token is
 * another token. Expiry and revocation are judged at every call, remembered or not. Only the kinds of {@link Signing}
 * are accepted, and the key is found by its id among our own, so neither «none» nor a public key used as an HMAC
 * secret gets anywhere. A
 * token with a longer life than ours is refused even if its signature is right: a leaked key cannot make tokens for
 * years.
 */
public final class TokenVerifier {
    /**
     * A limit above the length of our tokens, which is some 800 characters, and 3,300 with the longest name in letters
     * that {@link ReadableClaims} escapes; longer ones are not parsed.
     */
    private static final int LONGEST = 4_096;

    private static final int MOST_REMEMBERED = 50_000;

    private final Function<@Nullable String, Optional<Key>> keys;
    private final Revocations revocations;
    private final InstantSource clock;
    private final Cache<String, Caller> verified = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(AccessTokens.LIFETIME)
            .build();

    /** @param keys our public keys by id, see {@link SigningKeys#find} */
    TokenVerifier(Function<@Nullable String, Optional<Key>> keys, Revocations revocations, InstantSource clock) {
        this.keys = keys;
        this.revocations = revocations;
        this.clock = clock;
    }

    /**
     * The caller, or empty for a token that is forged, expired, revoked or no token at all. Asks the database only
     * when the revocations of other instances are not heard, or for a signing key not seen lately.
     */
    public Optional<Caller> verify(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Caller caller = verified.getIfPresent(token);
        if (caller == null) {
            caller = checkSignature(token, now).orElse(null);
            if (caller == null) {
                return Optional.empty();
            }
            verified.put(token, caller);
        }
        if (!now.isBefore(caller.expiresAt()) || revocations.isRevoked(caller.family())) {
            verified.invalidate(token);
            return Optional.empty();
        }
        return Optional.of(caller);
    }

    /**
     * The caller, for a thread that must not wait: asks nobody. Empty for a token that {@link #verify} has not let in
     * lately, and when the revocations of other instances are not heard; then {@link #verify} decides.
     */
    public Optional<Caller> remembered(String token) {
        return Optional.ofNullable(verified.getIfPresent(token))
                .filter(caller ->
                        clock.instant().isBefore(caller.expiresAt()) && revocations.isKnownInForce(caller.family()));
    }

    private Optional<Caller> checkSignature(String token, Instant now) {
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(Signing.ACCEPTED)
                .setVerificationKeyResolver(this::key)
                .setExpectedIssuer(AccessTokens.ISSUER)
                .setRequireSubject()
                .setRequireJwtId()
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setEvaluationTime(NumericDate.fromSeconds(now.getEpochSecond()))
                .build();
        try {
            JwtClaims claims = consumer.processToClaims(token);
            return isOfOurKind(claims, now) ? Optional.of(caller(claims)) : Optional.empty();
        } catch (InvalidJwtException
                | MalformedClaimException
                | ArithmeticException
                | java.time.DateTimeException
                | NumberFormatException refused) {
            return Optional.empty();
        }
    }

    /** Whether the token was issued by now, and for no longer than ours. In whole seconds, like the claims. */
    private static boolean isOfOurKind(JwtClaims claims, Instant now) throws MalformedClaimException {
        Instant issued = Instant.ofEpochSecond(claims.getIssuedAt().getValue());
        Instant expires = Instant.ofEpochSecond(claims.getExpirationTime().getValue());
        Instant latest = now.plus(AccessTokens.CLOCKS_APART);
        return !issued.isAfter(latest)
                && !expires.isAfter(latest.plus(AccessTokens.LIFETIME))
                && !expires.isAfter(issued.plus(AccessTokens.LIFETIME).plusSeconds(1));
    }

    private Key key(JsonWebSignature signature, List<JsonWebStructure> nesting) throws UnresolvableKeyException {
        return keys.apply(signature.getKeyIdHeaderValue())
                .orElseThrow(() -> new UnresolvableKeyException("unknown key"));
    }

    private static Caller caller(JwtClaims claims) throws MalformedClaimException {
        String username = claims.getStringClaimValue(AccessTokens.USERNAME);
        String role = claims.getStringClaimValue(AccessTokens.ROLE);
        String family = claims.getStringClaimValue(AccessTokens.FAMILY);
        if (username == null || role == null || family == null) {
            throw new MalformedClaimException("a claim is missing");
        }
        return new Caller(
                Integer.parseInt(claims.getSubject()),
                username,
                Role.parse(role),
                family,
                Instant.ofEpochSecond(claims.getExpirationTime().getValue()));
    }
}
