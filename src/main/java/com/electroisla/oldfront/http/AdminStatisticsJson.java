package com.electroisla.oldfront.http;

import com.electroisla.admin.Statistics;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;

/** The statistics in the old front end's names. */
final class AdminStatisticsJson {
    private AdminStatisticsJson() {}

    record Sales(
            List<Month> ventasPorMes,
            List<Sold> productosMasVendidos,
            List<Method> metodosPago,
            BigDecimal ticketPromedio) {}

    record Month(String mes, BigDecimal total, long pedidos) {}

    record Sold(
            @JsonProperty("producto__nombre") String name,
            @JsonProperty("producto__categoria") String category,
            long cantidadVendida,
            BigDecimal ingresos) {}

    record Method(String metodoPago, long count, BigDecimal total) {}

    record People(
            List<NewPeople> usuariosPorMes,
            List<Role> usuariosPorRol,
            List<Active> usuariosMasActivos,
            BigDecimal tasaRetencion,
            long totalUsuarios,
            long usuariosRecurrentes) {}

    record NewPeople(String mes, long nuevos) {}

    record Role(String rol, long count) {}

    record Active(String username, long pedidosCount) {}

    record Stock(
            List<Category> productosPorCategoria,
            List<Scarce> stockBajo,
            long productosSinStock,
            BigDecimal valorInventario) {}

    record Category(String categoria, long count, long stockTotal) {}

    record Scarce(long id, String nombre, int stock, String categoria) {}

    record Report(Summary resumen, Instant fechaGeneracion) {}

    record Summary(
            long totalUsuarios,
            long totalProductos,
            long totalPedidos,
            BigDecimal ingresosTotales,
            long pedidosMes,
            BigDecimal ingresosMes) {}

    static Sales of(Statistics.Sales sales) {
        return new Sales(
                sales.months().stream()
                        .map(month -> new Month(month.month().toString(), number(month.total()), month.orders()))
                        .toList(),
                sales.best().stream()
                        .map(sold -> new Sold(sold.product(), sold.category(), sold.units(), number(sold.income())))
                        .toList(),
                sales.methods().stream()
                        .map(method -> new Method(method.word(), method.orders(), number(method.total())))
                        .toList(),
                number(sales.averageOrder()));
    }

    static People of(Statistics.People people) {
        return new People(
                people.months().stream()
                        .map(month -> new NewPeople(month.month().toString(), month.fresh()))
                        .toList(),
                people.roles().entrySet().stream()
                        .map(role -> new Role(role.getKey(), role.getValue()))
                        .toList(),
                people.mostActive().stream()
                        .map(active -> new Active(active.username(), active.orders()))
                        .toList(),
                number(people.returning()),
                people.buyers(),
                people.returningBuyers());
    }

    static Stock of(Statistics.Stock stock) {
        return new Stock(
                stock.categories().stream()
                        .map(each -> new Category(each.category(), each.products(), each.free()))
                        .toList(),
                stock.scarce().stream()
                        .map(each -> new Scarce(each.id(), each.name(), each.free(), each.category()))
                        .toList(),
                stock.without(),
                number(stock.value()));
    }

    static Report of(Statistics.Report report) {
        return new Report(
                new Summary(
                        report.accounts(),
                        report.products(),
                        report.orders(),
                        number(report.income()),
                        report.ordersOfMonth(),
                        number(report.incomeOfMonth())),
                report.madeAt());
    }

    /** With two decimals, also of nothing. */
    private static BigDecimal number(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP);
    }
}
