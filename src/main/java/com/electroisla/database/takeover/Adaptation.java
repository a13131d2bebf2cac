package com.electroisla.database.takeover;

import com.electroisla.database.takeover.AdaptationSql.Fitted;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Adapts a database of Django's to our migrations above 0019, and undoes that. Both run in the transaction of the
 * first of those migrations, forwards before it and backwards after it.
 *
 * <p>Invariants: every addition and renaming is recorded in {@code electro_isla_adaptaciones} in the same transaction,
 * and the way back undoes exactly those rows, newest first. The actual database decides, not its level's number, so an
 * operator's own index over the figures is dropped and made again too.
 * <ul>
 *   <li>Index names: our migrations know the names that Django's 0020 gives. A lower level gets these names, and its
 *       own back afterwards.
 *   <li>Indexes over the figures: with such an index no update of a figure is HOT.
 *   <li>Columns that a level below 0028 lacks.
 *   <li>Figures that disagree with their rows already are recorded, so that nobody takes that for a later fault.
 *   <li>The guard: the old shop's checkout, product form and sweep beside ours would oversell, so they fail loudly.
 * </ul>
 */
public final class Adaptation {
    private Adaptation() {}

    /** @param out takes a line in Spanish for each adaptation */
    public static void fit(Handle handle, Consumer<String> out) {
        AdaptationSql.createMemory(handle);
        AdaptationSql.writeDownDifferences(handle);
        for (String[] names : AdaptationSql.RENAMED_BY_0020) {
            if (AdaptationSql.rename(handle, names[0], names[1])) {
                AdaptationSql.remember(handle, new Fitted(Fitted.NAME, "", names[1], names[0]));
            }
        }
        for (Fitted index : AdaptationSql.indexesOverFigures(handle)) {
            AdaptationSql.dropIndex(handle, index.name());
            AdaptationSql.remember(handle, index);
            out.accept(("Adaptada: índice %s quitado mientras dure (con él, cada cambio de una cifra cuesta más)")
                    .formatted(index.name()));
        }
        for (String[] column : AdaptationSql.SUPPLIED_COLUMNS) {
            if (AdaptationSql.addColumn(handle, column[0], column[1])) {
                AdaptationSql.remember(handle, new Fitted(Fitted.COLUMN, "productos", column[0], column[1]));
                out.accept(("Adaptada: columna productos.%s añadida (este nivel de Django no la tiene)")
                        .formatted(column[0]));
            }
        }
        AdaptationSql.createGuard(handle);
        out.accept("Guardia puesta: mientras no se vuelva a 0019, la base rechaza los checkouts, barridos y "
                + "cambios de cifras de la tienda antigua");
    }

    /** Undoes the changes of {@link #fit}; does nothing where it never ran. */
    public static void takeBack(Handle handle, Consumer<String> out) {
        if (!AdaptationSql.hasMemory(handle)) {
            return;
        }
        AdaptationSql.dropGuard(handle);
        List<Fitted> newestFirst = AdaptationSql.remembered(handle).reversed();
        for (Fitted fitted : newestFirst) {
            switch (fitted.kind()) {
                case Fitted.NAME -> AdaptationSql.rename(handle, fitted.name(), fitted.detail());
                case Fitted.INDEX -> AdaptationSql.makeIndex(handle, fitted.detail());
                case Fitted.COLUMN -> AdaptationSql.dropColumn(handle, fitted.table(), fitted.name());
                default -> throw new IllegalStateException(fitted.kind());
            }
        }
        AdaptationSql.dropDefaults(handle);
        AdaptationSql.dropMemory(handle);
        AdaptationSql.dropDifferences(handle);
        out.accept(("Devuelto a Django lo adaptado: %d nombres, índices y columnas; la guardia ya no está")
                .formatted(newestFirst.size()));
    }
}
