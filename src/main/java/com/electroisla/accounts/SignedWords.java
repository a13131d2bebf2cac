package com.electroisla.accounts;

import java.security.Key;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Texts that a browser keeps for us from one request to the next: signed with this instance's key, so that every
 * instance recognises them, and bound to one reader, so that nobody can pass theirs on.
 *
 * <p>Signed texts are not JSON, so that none can ever be taken for a token.
 */
public final class SignedWords {
    private final Supplier<PublicJsonWebKey> ownKey;
    private final Function<@Nullable String, Optional<Key>> keys;

    /**
     * @param ownKey this instance's key, published; see {@link SigningKeys#own}
     * @param keys our public keys by id, see {@link SigningKeys#find}
     */
    SignedWords(Supplier<PublicJsonWebKey> ownKey, Function<@Nullable String, Optional<Key>> keys) {
        this.ownKey = ownKey;
        this.keys = keys;
    }

    /**
     * The text and its signature, in characters that a cookie allows.
     *
     * @param reader who alone may read it again, without line breaks
     */
    public String sign(String reader, String words) {
        PublicJsonWebKey key = ownKey.get();
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(Signing.of(key).algorithm);
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setPayload("para " + reader + "\n" + words);
        signature.setKey(key.getPrivateKey());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The text, if one of our instances signed it for this reader. */
    public Optional<String> read(String reader, String signed) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(Signing.ACCEPTED);
        try {
            signature.setCompactSerialization(signed);
            Optional<Key> key = keys.apply(signature.getKeyIdHeaderValue());
            if (key.isEmpty()) {
                return Optional.empty();
            }
            signature.setKey(key.get());
            String beginning = "para " + reader + "\n";
            return signature.verifySignature()
                    ? Optional.of(signature.getPayload())
                            .filter(text -> text.startsWith(beginning))
                            .map(text -> text.substring(beginning.length()))
                    : Optional.empty();
        } catch (JoseException notOurs) {
            return Optional.empty();
        }
    }
}
