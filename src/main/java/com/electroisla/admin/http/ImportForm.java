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
    private static final String PATH = Section.PRODUCTS.href() + "importar";
    private static final int LARGEST_BYTES = 4 * 1024 * 1024;
    /** As bytes, as text, and in the page that shows it again. */
    private static final int WEIGHT = 4;

    private final Instance<Accounts> accounts;

    ImportForm(Instance<Accounts> accounts) {
        this.accounts = accounts;
    }

    @Override
    public boolean isAt(String method, String path) {
        return path.equals(PATH);
    }

    @Override
    public int mostBytes() {
        return LARGEST_BYTES;
    }

    @Override
    public int weight() {
        return WEIGHT;
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
