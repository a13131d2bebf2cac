package com.electroisla.admin;

import com.electroisla.http.QueryParameters;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds filters of a list with an invalid value, so that the page says so instead of ignoring them silently. */
public final class Filters {
    private static final Predicate<String> NUMBER = text -> text.matches("[0-9]{1,18}");

    private static final Map<String, Predicate<String>> PRODUCTS = Map.of(
            "activo",
            List.of("si", "no")::contains,
            "stock",
            List.of("agotado", "bajo")::contains,
            "orden",
            text -> ProductFilter.Order.of(text.startsWith("-") ? text.substring(1) : text)
                    .isPresent());
    private static final Map<String, Predicate<String>> RESERVATIONS =
            Map.of("estado", ReservationsView.Filter.STATUSES::contains, "producto", NUMBER);
    private static final Map<String, Predicate<String>> ORDERS =
            Map.of("estado", OrderList.STATES::contains, "antes", NUMBER);
    private static final Map<String, Predicate<String>> MAILS =
            Map.of("estado", MailList.STATES::contains, "antes", NUMBER);
    private static final Map<String, Predicate<String>> PAYMENTS =
            Map.of("estado", PaymentList.STATES::contains, "antes", NUMBER);
    private static final Map<String, Predicate<String>> REFUNDS =
            Map.of("estado", RefundList.STATES::contains, "antes", NUMBER);
    private static final Map<String, Predicate<String>> REPORT = Map.of("desde", Period::isDay, "hasta", Period::isDay);
    private static final Map<String, Predicate<String>> USERS = Map.of("antes", NUMBER, "tipo", People.KINDS::contains);
    private static final Map<String, Predicate<String>> CARTS = Map.of("antes", NUMBER);
    private static final Map<String, Predicate<String>> DIFFERENCES =
            Map.of("estado", List.of("abiertas", "terminadas")::contains, "antes", NUMBER);
    private static final Map<String, Predicate<String>> AUDIT =
            Map.of("antes", NUMBER, "modulo", People.MODULES::contains);

    private Filters() {}

    /** The invalid filters, such as {@code producto = «abc»}; empty when all are valid. */
    public static String unread(Section section, QueryParameters query) {
        var rules = new TreeMap<>(
                switch (section) {
                    case PRODUCTS -> PRODUCTS;
                    case RESERVATIONS -> RESERVATIONS;
                    case ORDERS -> ORDERS;
                    case MAILS -> MAILS;
                    case PAYMENTS -> PAYMENTS;
                    case REFUNDS -> REFUNDS;
                    case REPORT -> REPORT;
                    case USERS -> USERS;
                    case CARTS -> CARTS;
                    case AUDIT -> AUDIT;
                    case DIFFERENCES -> DIFFERENCES;
                    case HOME -> Map.<String, Predicate<String>>of();
                });
        return rules.entrySet().stream()
                .filter(rule -> !text(query, rule.getKey()).isEmpty()
                        && !rule.getValue().test(text(query, rule.getKey())))
                .map(rule -> rule.getKey() + " = «" + text(query, rule.getKey()) + "»")
                .collect(Collectors.joining(", "));
    }

    private static String text(QueryParameters query, String name) {
        return Objects.requireNonNullElse(query.get(name), "").strip();
    }
}
