package com.electroisla.database.embedded;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A small process that takes a {@code flock(2)} on an inherited descriptor, for systems without the program
 * {@code flock}. The lock belongs to the open file, so the shell that opened it has it when this process is gone. Exit
 * 0: taken, 1: another has it, 2: neither.
 */
final class DescriptorLock {
    private static final int EXCLUSIVE = 2;
    private static final int AT_ONCE = 4;

    private DescriptorLock() {}

    public static void main(String[] args) throws Throwable {
        System.exit(lock(Integer.parseInt(args[0])));
    }

    @SuppressWarnings("restricted") // this process exists to call flock(2), and its starter allows native access
    private static int lock(int descriptor) throws Throwable {
        boolean linux = Processes.onLinux();
        Linker linker = Linker.nativeLinker();
        Linker.Option errno = Linker.Option.captureCallState("errno");
        var flock = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("flock"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                errno);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            int result = (int) flock.invokeExact(state, descriptor, EXCLUSIVE | AT_ONCE);
            int wouldBlock = linux ? 11 : 35;
            return result == 0 ? 0 : state.get(ValueLayout.JAVA_INT, 0) == wouldBlock ? 1 : 2;
        }
    }
}
