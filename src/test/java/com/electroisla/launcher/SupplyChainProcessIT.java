package com.electroisla.launcher;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupplyChainProcessIT {
    private static final Path APP = Path.of(System.getProperty("electro-isla.app", "target/quarkus-app"));

    @ParameterizedTest
    @ValueSource(strings = {"bom.json", "THIRD-PARTY.txt"})
    void the_libraries_of_the_program_stand_beside_it(String file) throws IOException {
        String text = Files.readString(APP.resolve(file));
        assertTrue(text.contains("quarkus-rest"), file);
        assertTrue(text.contains("org.postgresql"), file);
    }
}
