package com.electroisla.catalog;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The address of a product's picture: the old shop's uploaded file before the text column, which may contain an
 * address or the picture itself. Lists of products read {@link #COLUMNS}, which leave the picture itself out.
 */
public final class Picture {
    /** The columns of {@code productos}, whatever alias the statement uses. */
    public static final String COLUMNS = """
            imagen, imagen_huella, CASE WHEN imagen_huella IS NULL AND COALESCE(btrim(imagen), '') = '' THEN \
            imagen_url END AS imagen_texto\
            """;

    /** The path at which the old shop's uploaded files are served. */
    public static final String UPLOADED = "/media/";

    /** The path at which embedded pictures are served, each under its product's id and its mark. */
    public static final String EMBEDDED = "/imagenes";

    /** The text in the form for editing; an embedded picture is shown as its address. */
    static final String EDITED = "CASE WHEN imagen_huella IS NULL THEN COALESCE(imagen_url, '') ELSE '" + EMBEDDED
            + "/' || id || '/' || imagen_huella END";

    private Picture() {}

    /**
     * The address, beginning with a slash when it is on this site; null without a picture.
     *
     * @param row with {@link #COLUMNS}
     */
    public static @Nullable String address(long productId, ResultSet row) throws SQLException {
        return address(
                productId, row.getString("imagen"), row.getString("imagen_huella"), row.getString("imagen_texto"));
    }

    static @Nullable String address(
            long productId, @Nullable String uploaded, @Nullable String mark, @Nullable String text) {
        if (uploaded != null && !uploaded.replace(" ", "").isEmpty()) {
            return uploaded(uploaded);
        }
        if (mark != null) {
            return EMBEDDED + "/" + productId + "/" + mark;
        }
        return text == null || text.isBlank() ? null : text;
    }

    /** The address of a file with this path under the media folder. */
    public static String uploaded(String path) {
        return UPLOADED
                + URLEncoder.encode(path, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%2F", "/");
    }
}
