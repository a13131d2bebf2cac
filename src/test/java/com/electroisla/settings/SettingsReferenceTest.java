package com.electroisla.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference page matches the program. {@code -Delectro-isla.write-docs=true} writes it anew. */
final class SettingsReferenceTest {
    private static final Path PAGE = Path.of("docs/reference/settings.md");

    @Test
    void the_reference_page_is_what_the_settings_say() throws IOException {
        if (Boolean.getBoolean("electro-isla.write-docs")) {
            Files.writeString(PAGE, page());
        }
        assertEquals(page(), Files.readString(PAGE), "write it anew with -Delectro-isla.write-docs=true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.es.md"})
    void the_readme_names_every_setting_with_its_default(String readme) throws IOException {
        String text = Files.readString(Path.of(readme));
        for (Setting setting : Setting.values()) {
            String row = text.lines()
                    .filter(line -> line.startsWith("| `" + setting.variable() + "`"))
                    .findFirst()
                    .orElse("");
            assertTrue(
                    row.contains(setting.defaultValue().isEmpty() ? " | " : " | `" + setting.defaultValue() + "` |"),
                    readme + " has no such row: " + setting.variable() + " " + setting.defaultValue());
        }
    }

    private static String page() {
        return """
                # Settings

                Made from `Setting` by `SettingsReferenceTest`; don't edit by hand.

                A value comes from a flag, then the environment, then the file `.env` beside `manage` (`NAME=value` \
                lines), then the
                default. Relative folders count from the folder of `manage`. A value that makes no sense stops the \
                command with one
                line that names the variable.

                | variable | flag | default | meaning |
                | --- | --- | --- | --- |
                """
                + Arrays.stream(Setting.values())
                        .map(SettingsReferenceTest::row)
                        .collect(Collectors.joining());
    }

    private static String row(Setting setting) {
        String defaultValue = setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`";
        String flag = setting.isSecret() ? "" : "`" + setting.flag() + "`";
        return "| `" + setting.variable() + "` | " + flag + " | " + defaultValue + " | " + setting.description()
                + " |\n";
    }
}
