package com.electroisla.accounts;

import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * The two kinds of signature that are accepted, and the file of each one's private key. Verifying {@link #RSA} is
 * several times as cheap as {@link #CURVE}, and cold code reaches its speed sooner; releases before this kind know
 * {@link #CURVE} alone, and have its key in {@code firma.jwk}. Ours has another file: a key that both signed with would
 * be said to verify RSA while an older release still uses it (docs/decisions/0013-warm-start.md).
 */
enum Signing {
    RSA(AlgorithmIdentifiers.RSA_USING_SHA256, "firma-rsa.jwk") {
        @Override
        PublicJsonWebKey make() throws JoseException {
            return RsaJwkGenerator.generateJwk(RSA_BITS);
        }

        @Override
        boolean fits(JsonWebKey key) {
            return key instanceof RsaJsonWebKey rsa
                    && rsa.getRsaPublicKey().getModulus().bitLength() >= RSA_BITS;
        }
    },
    CURVE(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256, "firma-p256.jwk") {
        @Override
        PublicJsonWebKey make() throws JoseException {
            return EcJwkGenerator.generateJwk(EllipticCurves.P256);
        }

        @Override
        boolean fits(JsonWebKey key) {
            return key instanceof EllipticCurveJsonWebKey curve && EllipticCurves.P_256.equals(curve.getCurveName());
        }
    };

    private static final int RSA_BITS = 2_048;

    /** For the verifiers: these algorithms and no other. The key's own type decides which of them. */
    static final AlgorithmConstraints ACCEPTED =
            new AlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, RSA.algorithm, CURVE.algorithm);

    final String algorithm;
    final String file;

    Signing(String algorithm, String file) {
        this.algorithm = algorithm;
        this.file = file;
    }

    /** A new key pair, without an id. */
    abstract PublicJsonWebKey make() throws JoseException;

    /** Whether a public key can be one of ours. */
    abstract boolean fits(JsonWebKey key);

    /** The kind of a key of ours. */
    static Signing of(PublicJsonWebKey key) {
        return key instanceof RsaJsonWebKey ? RSA : CURVE;
    }
}
