package com.electroisla.shell;

import com.electroisla.reservation.ReservationStatus;
import com.electroisla.wiring.Shop;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** The reservations of every buyer. */
public final class Reservas {
    private static final String PENDIENTE = ReservationStatus.PENDING.word();

    private final Shop tienda;

    Reservas(Shop tienda) {
        this.tienda = tienda;
    }

    /** @param estado {@code pending}, {@code confirmed}, {@code cancelled} or {@code expired}, as stored */
    public record Reserva(
            long id,
            String usuario,
            String producto,
            long productoId,
            int cantidad,
            String estado,
            Instant creada,
            Instant expira) {}

    /** The pending reservations, by id, read as they are needed. */
    public Stream<Reserva> pendientes() {
        return enEstado(PENDIENTE);
    }

    /** The reservations in a state, by id, read as they are needed. */
    public Stream<Reserva> enEstado(String estado) {
        return Paginas.de(
                (despuesDe, filas) ->
                        tienda.database().read(handle -> ShellSql.reservations(handle, estado, despuesDe, filas)),
                Reserva::id);
    }

    /** How many are pending: the guide's "Reservas activas". */
    public long activas() {
        return contar(PENDIENTE);
    }

    public long contar(String estado) {
        return tienda.inventory().count(estado);
    }

    /** How many pending reservations expire within so much time. */
    public long porExpirar(Duration tiempo) {
        return tienda.inventory().runningOutWithin(tiempo);
    }

    /**
     * Releases expired reservations, as {@code liberar_reservas_expiradas} does.
     *
     * @return how many
     */
    public int liberarExpiradas() {
        return tienda.expireReservations().run(reserva -> {});
    }
}
