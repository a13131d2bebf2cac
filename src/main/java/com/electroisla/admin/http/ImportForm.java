package com.electroisla.admin.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.admin.Section;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import com.electroisla.http.server.LargeForm;
import com.electroisla.pages.http.Visit;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The form of the import, which contains a catalogue file and may be large for users who may send it. */
@Singleton
final class ImportForm implements LargeForm {
    private static final int LARGEST_BYTES = 4 * 1024 * 1024;

    private final Instance<Accounts> accounts;

    ImportForm(Instance<Accounts> accounts) {
        this.accounts = accounts;
    }

    @Override
    public String path() {
        return Section.PRODUCTS.href() + "importar";
    }

    @Override
    public int mostBytes() {
        return LARGEST_BYTES;
    }

    @Override
    public Optional<Problem> refusal(RoutingContext context) {
        return Visit.sender(context, accounts.get())
                .map(who -> Section.PRODUCTS.roles().contains(who.role())
                        ? Optional.<Problem>empty()
                        : Optional.of(Problem.of(ErrorCode.FORBIDDEN)))
                .orElseGet(() -> Optional.of(Problem.of(ErrorCode.FORM_EXPIRED)));
    }
}
