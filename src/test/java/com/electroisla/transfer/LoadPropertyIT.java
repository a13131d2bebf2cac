package com.electroisla.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.ShopFixture;
import com.electroisla.catalog.ProductField;
import com.electroisla.catalog.ProductRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Through the database and back: another shop loads the dump of the first and is equal. */
class LoadPropertyIT {
    private static ShopFixture fixture;

    @BeforeContainer
    static void open() {
        fixture = new ShopFixture();
    }

    @AfterContainer
    static void close() {
        fixture.close();
    }

    @Provide
    static Arbitrary<List<String>> names() {
        return FilePropertyTest.texts()
                .map(ProductRules::clean)
                .filter(text -> ProductField.NAME.flaw(text).isEmpty())
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Provide
    static Arbitrary<String> extensions() {
        return Arbitraries.of(".csv", ".xlsx");
    }

    @Property(tries = 40)
    void a_dump_without_ids_makes_the_same_products_anew(
            @ForAll("names") List<String> names, @ForAll("extensions") String extension) throws IOException {
        fixture.sql("DELETE FROM productos");
        for (String name : names) {
            fixture.product(name, "7.50", 3);
        }
        fixture.sql("UPDATE productos SET descripcion = nombre");
        Path file = Files.createTempFile("catalogo", extension);
        try {
            new DumpCatalogue(fixture.shop.database()).toFile(file, false, (rows, part) -> {});
            fixture.sql("DELETE FROM productos");
            new LoadCatalogue(fixture.shop.database(), fixture.clock)
                    .run(file, LoadOptions.strict(SameName.CREATE), (rows, part) -> {}, Alongside.NOTHING);
        } finally {
            Files.delete(file);
        }
        assertEquals(names, fixture.texts("SELECT nombre FROM productos ORDER BY id"));
        assertEquals(names, fixture.texts("SELECT descripcion FROM productos ORDER BY id"));
    }
}
