package com.electroisla.groupcommit;

import com.electroisla.database.SqlStates;
import java.util.Optional;

/** Recognises that the old shop has deleted a row that a running change refers to. */
public final class DeletedMeanwhile {
    private DeletedMeanwhile() {}

    /** The missing row, if a foreign key of the old shop refused the change: the product, or else the user. */
    public static Optional<Reply.Missing> of(Throwable failure) {
        if (!SqlStates.sqlState(failure).orElse("").equals(SqlStates.FOREIGN_KEY_VIOLATION)) {
            return Optional.empty();
        }
        boolean product = SqlStates.constraint(failure).orElse("").contains("product");
        return Optional.of(product ? Reply.Missing.PRODUCT : Reply.Missing.USER);
    }
}
