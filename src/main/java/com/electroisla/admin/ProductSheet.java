package com.electroisla.admin;

import com.electroisla.catalog.EditProducts;
import com.electroisla.database.Database;
import com.electroisla.inventory.AdjustStock;
import com.electroisla.inventory.LiveHolds;
import com.electroisla.inventory.Shelf;
import com.electroisla.inventory.StockSql;
import com.electroisla.picture.ProductPictures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One product with its figures, its last movements and its pictures; five statements. */
public final class ProductSheet {
    private static final int MOVEMENTS = 5;

    private final Database database;

    public ProductSheet(Database database) {
        this.database = database;
    }

    /** The form for a new product. */
    public ProductView blank(ProductView.Fields fields, String problem) {
        return new ProductView(
                0,
                "",
                fields,
                null,
                database.read(ProductListSql::categories),
                problem,
                List.of(),
                "",
                ProductView.Adjusting.BLANK,
                0,
                "",
                List.of(),
                null);
    }

    /** The form with the present values. */
    public Optional<ProductView> of(EditProducts.Versioned product, ProductView.Adjusting adjusting) {
        return of(
                product.id(),
                product.version(),
                ProductView.Fields.of(product.details()),
                "",
                List.of(),
                "",
                adjusting);
    }

    /** The pictures alone; empty for a product that is not there. */
    public Optional<PicturesView> pictures(long id) {
        return database.read(handle ->
                ProductListSql.one(handle, id).map(_ -> PicturesView.of(id, ProductPictures.of(handle, id))));
    }

    /** The form with the typed values and their fault. */
    public Optional<ProductView> refused(long id, String version, ProductView.Fields typed, String problem) {
        return of(id, version, typed, problem, List.of(), "", ProductView.Adjusting.BLANK);
    }

    /**
     * The form with the typed values, and the present ones of untouched fields; both changed these fields, and the
     * user decides.
     */
    public Optional<ProductView> conflict(
            EditProducts.Versioned current,
            Set<String> fields,
            ProductView.Fields merged,
            Map<String, String> typed,
            String problem) {
        List<ProductView.Difference> differences = new ArrayList<>();
        current.details().values().forEach((field, theirs) -> {
            if (fields.contains(field)) {
                differences.add(
                        new ProductView.Difference(field, String.valueOf(theirs), typed.getOrDefault(field, "")));
            }
        });
        return of(current.id(), current.version(), merged, problem, differences, "", ProductView.Adjusting.BLANK);
    }

    /** The form with a price that changes by more than half, to be confirmed. */
    public Optional<ProductView> leap(
            EditProducts.Versioned current, ProductView.Fields merged, String price, String problem) {
        return of(current.id(), current.version(), merged, problem, List.of(), price, ProductView.Adjusting.BLANK);
    }

    private Optional<ProductView> of(
            long id,
            String version,
            ProductView.Fields fields,
            String problem,
            List<ProductView.Difference> differences,
            String leap,
            ProductView.Adjusting adjusting) {
        return database.read(handle -> ProductListSql.one(handle, id).map(stock -> {
            Shelf shelf = StockSql.shelf(handle, id);
            return new ProductView(
                    id,
                    version,
                    fields,
                    stock,
                    ProductListSql.categories(handle),
                    problem,
                    differences,
                    leap,
                    adjusting,
                    shelf.units(),
                    adjusting.version().isEmpty() ? shelf.movements() : adjusting.version(),
                    KardexSql.lastMovements(handle, id, MOVEMENTS),
                    PicturesView.of(id, ProductPictures.of(handle, id)));
        }));
    }

    /** The adjustment form with the holds that the adjustment would end. */
    public static ProductView.Adjusting preview(
            String kind, String quantity, String reason, String version, AdjustStock.Outcome.BreaksHolds breaks) {
        return new ProductView.Adjusting(
                kind,
                quantity,
                reason,
                "",
                "",
                breaks.holds().stream().map(ProductSheet::hit).toList(),
                breaks.after().total(),
                breaks.after().available(),
                null,
                version);
    }

    /** The adjustment form with a count beside the shelf's units by the figures. */
    public static ProductView.Adjusting counted(
            String kind, String quantity, String reason, AdjustStock.Outcome.Counted counted) {
        String difference = (counted.difference() > 0 ? "+" : "\u2212") + Math.abs((long) counted.difference());
        return new ProductView.Adjusting(
                kind,
                quantity,
                reason,
                "",
                "",
                List.of(),
                0,
                0,
                new ProductView.Counted(
                        counted.shelf().units(), counted.shelf().units() + counted.difference(), difference),
                counted.shelf().version());
    }

    private static ProductView.Hit hit(LiveHolds.Held hold) {
        return new ProductView.Hit(hold.id(), hold.username(), hold.quantity(), hold.expiresAt());
    }
}
