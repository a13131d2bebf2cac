package com.electroisla.shell;

import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A long list as a stream that reads a page at a time, by id: no cursor stays open if it is not read to its end. */
final class Paginas {
    private static final int FILAS = 1_000;

    private Paginas() {}

    /** @param pagina reads so many rows whose id is greater than the first argument, by id */
    static <T> Stream<T> de(BiFunction<Long, Integer, List<T>> pagina, ToLongFunction<T> id) {
        return StreamSupport.stream(
                new AbstractSpliterator<T>(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL) {
                    private List<T> filas = List.of();
                    private int siguiente;
                    private long despuesDe = Long.MIN_VALUE;
                    private boolean ultima;

                    @Override
                    public boolean tryAdvance(Consumer<? super T> cada) {
                        if (siguiente == filas.size() && !leer()) {
                            return false;
                        }
                        T fila = filas.get(siguiente++);
                        despuesDe = id.applyAsLong(fila);
                        cada.accept(fila);
                        return true;
                    }

                    private boolean leer() {
                        if (ultima) {
                            return false;
                        }
                        filas = pagina.apply(despuesDe, FILAS);
                        siguiente = 0;
                        ultima = filas.size() < FILAS;
                        return !filas.isEmpty();
                    }
                },
                false);
    }
}
