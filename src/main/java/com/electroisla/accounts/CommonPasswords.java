package com.electroisla.accounts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * The passwords that are guessed first: some 39,000 of the commonest of the world and a few hundred words of the
 * shop's own country, in lower case and without accents. The list is read when the first password is checked. Its
 * sources: {@code docs/decisions/0011-people.md}.
 */
final class CommonPasswords {
    private CommonPasswords() {}

    /** @param folded in lower case, without accents */
    static boolean contain(String folded) {
        return Lists.ALL.contains(folded);
    }

    private static final class Lists {
        static final Set<String> ALL = read();

        private static Set<String> read() {
            try (InputStream world = new GZIPInputStream(resource("claves_comunes.txt.gz"));
                    InputStream here = resource("claves_de_aqui.txt")) {
                Set<String> all = new HashSet<>(words(world));
                all.addAll(words(here));
                return Set.copyOf(all);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private static Set<String> words(InputStream stream) throws IOException {
            return new HashSet<>(
                    Arrays.asList(new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("\\s+")));
        }

        private static InputStream resource(String name) {
            return Objects.requireNonNull(CommonPasswords.class.getResourceAsStream(name), name);
        }
    }
}
