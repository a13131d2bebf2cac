package com.electroisla.database.embedded;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * One table for the whole JVM, also when several class loaders hold a copy of this package (as test runs do).
 *
 * <p>Invariant: it holds JDK types only, so that every copy can use the entries of another. The table is needed
 * because file locks belong to the process: closing any descriptor of a file drops all of the process's locks on it.
 */
final class JvmWide {
    private static final ConcurrentMap<String, Object> OWN = new ConcurrentHashMap<>();

    /** The system loader's copy of the table if that loader has this class, else this copy's own. */
    static final ConcurrentMap<String, Object> TABLE = find();

    private JvmWide() {}

    @SuppressWarnings("unchecked")
    private static ConcurrentMap<String, Object> find() {
        try {
            var first = Class.forName(JvmWide.class.getName(), true, ClassLoader.getSystemClassLoader());
            if (first == JvmWide.class) {
                return OWN;
            }
            var field = first.getDeclaredField("OWN");
            field.setAccessible(true);
            return (ConcurrentMap<String, Object>) field.get(null);
        } catch (ReflectiveOperationException onlyHere) {
            return OWN;
        }
    }
}
