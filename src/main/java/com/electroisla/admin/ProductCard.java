package com.electroisla.admin;

import com.electroisla.catalog.EditProducts;
import com.electroisla.catalog.ProductDetails;
import com.electroisla.database.Database;
import com.electroisla.inventory.AdjustStock;
import com.electroisla.inventory.LiveHolds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One product with its figures and its last movements; four statements. */
public final class ProductCard {
    private static final int MOVEMENTS = 5;

    private final Database database;

    public ProductCard(Database database) {
        this.database = database;
    }

    /** The form for a product that is not there yet. */
    public ProductView blank(ProductView.Fields fields, String problem) {
        return new ProductView(0, "", fields, null, database.read(ProductListSql::categories), problem, List.of(),
                ProductView.Adjusting.BLANK, List.of());
    }

    /** The form with what stands there now. */
    public Optional<ProductView> of(EditProducts.Versioned product, ProductView.Adjusting adjusting) {
        return of(product.id(), product.version(), fields(product.details()), "", List.of(), adjusting);
    }

    /** The form with what was typed, and what is wrong with it. */
    public Optional<ProductView> refused(long id, String version, ProductView.Fields typed, String problem) {
        return of(id, version, typed, problem, List.of(), ProductView.Adjusting.BLANK);
    }

    /** The form with what was typed beside what somebody else wrote meanwhile; saved again, it replaces that. */
    public Optional<ProductView> conflict(EditProducts.Versioned current, ProductDetails typed, String problem) {
        List<ProductView.Difference> differences = new ArrayList<>();
        typed.values().forEach((field, yours) -> {
            Object theirs = current.details().values().get(field);
            if (!String.valueOf(yours).equals(String.valueOf(theirs))) {
                differences.add(new ProductView.Difference("campo_" + field, String.valueOf(theirs), String.valueOf(yours)));
            }
        });
        return of(current.id(), current.version(), fields(typed), problem, differences, ProductView.Adjusting.BLANK);
    }

    private Optional<ProductView> of(long id, String version, ProductView.Fields fields, String problem, List<ProductView.Difference> differences,
            ProductView.Adjusting adjusting) {
        return database.read(handle -> ProductListSql.one(handle, id).map(stock -> new ProductView(id, version, fields, stock,
                ProductListSql.categories(handle), problem, differences, adjusting, KardexSql.lastMovements(handle, id, MOVEMENTS))));
    }

    /** The adjustment form with the holds that it would end. */
    public static ProductView.Adjusting preview(String kind, String quantity, String reason, AdjustStock.Outcome.BreaksHolds breaks) {
        return new ProductView.Adjusting(kind, quantity, reason, "", "", breaks.holds().stream().map(ProductCard::hit).toList(),
                breaks.after().total(), breaks.after().available());
    }

    private static ProductView.Hit hit(LiveHolds.Held hold) {
        return new ProductView.Hit(hold.id(), hold.username(), hold.quantity(), hold.expiresAt());
    }

    private static ProductView.Fields fields(ProductDetails details) {
        return new ProductView.Fields(details.name(), details.description(), details.price().toString(), Integer.toString(details.discountPercent()),
                details.category(), details.image(), details.active());
    }
}
