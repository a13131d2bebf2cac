package com.electroisla.oldfront.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.Caller;
import com.electroisla.accounts.http.Callers;
import com.electroisla.admin.StaffRight;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import com.electroisla.http.server.ClientInfo;
import com.electroisla.http.server.LargeForm;
import com.electroisla.picture.MakePicture;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.regex.Pattern;

/** The product form with its picture, which is read only for somebody who may change products. */
@Singleton
final class AdminProductForm implements LargeForm {
    private static final String ALL = "/api/admin/productos";
    private static final Pattern ONE = Pattern.compile(ALL + "/[0-9]+");
    /** The texts of a product, with the lines between the parts. */
    private static final int FIELDS_BYTES = 256 * 1024;
    /** The file goes to the disk, is read from there, and read once more by the decoder; beside it are the texts. */
    private static final int WEIGHT = 3;

    private final Instance<Accounts> accounts;

    AdminProductForm(Instance<Accounts> accounts) {
        this.accounts = accounts;
    }

    @Override
    public boolean isAt(String method, String path) {
        return method.equals("POST") && path.equals(ALL)
                || method.equals("PATCH") && ONE.matcher(path).matches();
    }

    @Override
    public int mostBytes() {
        return MakePicture.LARGEST_BYTES + FIELDS_BYTES;
    }

    @Override
    public int weight() {
        return WEIGHT;
    }

    @Override
    public Optional<Problem> refusal(RoutingContext context) {
        Optional<Caller> sender = Callers.sender(context, accounts.get());
        if (sender.isEmpty()) {
            return Optional.of(Problem.of(ErrorCode.NOT_SIGNED_IN).withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer"));
        }
        if (!StaffRight.CHANGE_PRODUCTS.isOf(sender.get().role())) {
            AdminCall.refused(
                    context,
                    sender.get().username(),
                    ClientInfo.of(context).address().getHostAddress());
            return Optional.of(Problem.of(ErrorCode.FORBIDDEN));
        }
        return Optional.empty();
    }
}
