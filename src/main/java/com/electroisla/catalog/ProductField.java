package com.electroisla.catalog;

import com.electroisla.catalog.ProductRules.Flaw;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The editable columns of {@code productos}. The form, the catalogue file, the statements that write a product and its
 * entries in the audit log all follow from this list, in its order; {@code docs/how-to/change.md} lists the other
 * places for a new one.
 */
public enum ProductField {
    NAME("nombre", Kind.LINE, 200, null),
    DESCRIPTION("descripcion", Kind.PARAGRAPHS, 20_000, ""),
    PRICE("precio", Kind.PRICE, 0, null),
    DISCOUNT("descuento", Kind.PERCENT, 3, 0),
    CATEGORY("categoria", Kind.LINE, 50, Category.OTHER.code()),
    IMAGE("imagen_url", Kind.ADDRESS, 2_000, ""),
    ACTIVE("activo", Kind.SWITCH, 0, true);

    /** The storage type of a value. */
    public enum Type {
        TEXT(String.class, "text"),
        PRICE(Price.class, "numeric(10,2)"),
        WHOLE(Integer.class, "int"),
        TRUTH(Boolean.class, "boolean");

        private final Class<?> java;
        private final String sql;

        Type(Class<?> java, String sql) {
            this.java = java;
            this.sql = sql;
        }

        /** The column's SQL type in the table of a load. */
        public String sql() {
            return sql;
        }
    }

    /** The rule for a value. */
    public enum Kind {
        /** A text of one line that is never empty. */
        LINE(Type.TEXT),
        /** A text of several lines, or empty. */
        PARAGRAPHS(Type.TEXT),
        /** An address, or empty, which is NULL in the database. */
        ADDRESS(Type.TEXT),
        PRICE(Type.PRICE),
        /** From 0 to {@link ProductRules#HIGHEST_DISCOUNT}. */
        PERCENT(Type.WHOLE),
        SWITCH(Type.TRUTH);

        private final Type type;

        Kind(Type type) {
            this.type = type;
        }

        public Type type() {
            return type;
        }

        public boolean isText() {
            return type == Type.TEXT;
        }

        /** Whether an empty text is NULL in the database. */
        public boolean isNullable() {
            return this == ADDRESS;
        }

        /** Whether an empty cell of a file leaves the present value; otherwise it empties the field. */
        public boolean isNeverEmpty() {
            return this != PARAGRAPHS && this != ADDRESS;
        }
    }

    private final String column;
    private final Kind kind;
    private final int longest;
    private final @Nullable Object preset;

    ProductField(String column, Kind kind, int longest, @Nullable Object preset) {
        this.column = column;
        this.kind = kind;
        this.longest = longest;
        this.preset = preset;
    }

    static Stream<ProductField> all() {
        return Stream.of(values());
    }

    /** The column's name in the database, in forms and in files. */
    public String column() {
        return column;
    }

    public Kind kind() {
        return kind;
    }

    /** The greatest length of the text; 0 if there is none. */
    public int longest() {
        return longest;
    }

    /** The default of a new product for an empty cell; empty for a required field. */
    public Optional<Object> preset() {
        return Optional.ofNullable(preset);
    }

    /** @param text already {@link ProductRules#clean}; only for fields with a text */
    public Optional<Flaw> flaw(String text) {
        return switch (kind) {
            case LINE -> ProductRules.line(text, longest);
            case ADDRESS -> ProductRules.address(text, longest);
            case PARAGRAPHS -> ProductRules.paragraphs(text, longest);
            case PRICE, PERCENT, SWITCH -> throw new IllegalArgumentException(this + " is no text");
        };
    }

    /** The greatest number; only for fields with a whole number, of which 0 is the least. */
    public int highest() {
        return switch (kind) {
            case PERCENT -> ProductRules.HIGHEST_DISCOUNT;
            case LINE, PARAGRAPHS, ADDRESS, PRICE, SWITCH -> throw new IllegalArgumentException(this + " is no number");
        };
    }

    /** The SQL for a form's or a file's value as the database keeps it. */
    public String kept(String value) {
        return kind.isNullable() ? "NULLIF(" + value + ", '')" : value;
    }

    /** The SQL for a kept value as a form or a file shows it. */
    public String shown(String value) {
        return kind.isNullable() ? "COALESCE(" + value + ", '')" : value;
    }

    boolean takes(@Nullable Object value) {
        return kind.type.java.isInstance(value);
    }
}
