package com.electroisla.admin.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.admin.Section;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import com.electroisla.http.server.LargeForm;
import com.electroisla.pages.http.Visit;
import com.electroisla.picture.MakePicture;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;

/** The form with a product's pictures, several at once, for users who may change products. */
@Singleton
final class PicturesForm implements LargeForm {
    static final int MOST_FILES = 10;

    private static final Pattern PATH = Pattern.compile(Section.PRODUCTS.href() + "[0-9]+/fotos");
    /** The lines between the parts, and the other fields. */
    private static final int BESIDE_BYTES = 64 * 1024;

    private final Instance<Accounts> accounts;

    PicturesForm(Instance<Accounts> accounts) {
        this.accounts = accounts;
    }

    @Override
    public boolean isAt(String method, String path) {
        return method.equals("POST") && PATH.matcher(path).matches();
    }

    @Override
    public int mostBytes() {
        return MOST_FILES * MakePicture.LARGEST_BYTES + BESIDE_BYTES;
    }

    /** The files go to the disk as they come; later one at a time is read, whoever sent it. */
    @Override
    public int weight() {
        return 0;
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
