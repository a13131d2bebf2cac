package com.electroisla.shell;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * While this is open, Ctrl+C does nothing to this process.
 *
 * <p>The JDK's only way to hear of a signal is {@code sun.misc.Signal}. It is called by its name, because the compiler
 * warns of it and there is no way to say that it is meant.
 */
final class IgnoredInterrupt implements AutoCloseable {
    private final Method handle;
    private final Object interrupt;
    private final @Nullable Object before;

    IgnoredInterrupt() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            handle = signal.getMethod("handle", signal, handler);
            interrupt = signal.getConstructor(String.class).newInstance("INT");
            Class<?>[] handlers = {handler};
            before = handle.invoke(
                    null, interrupt, Proxy.newProxyInstance(Psql.class.getClassLoader(), handlers, (_, _, _) -> null));
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }

    @Override
    public void close() {
        try {
            handle.invoke(null, interrupt, before);
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
