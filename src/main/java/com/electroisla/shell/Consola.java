package com.electroisla.shell;

import com.electroisla.wiring.Shop;
import java.io.PrintStream;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The methods that a snippet can call by their bare names. The shop behind them is the live one of this process: a
 * snippet's changes are real.
 */
public final class Consola {
    private static volatile @Nullable Sesion sesion;

    private record Sesion(Shop tienda, PrintStream salida) {}

    private Consola() {}

    /** Sets the shop that the snippets work on, and the output of {@link #sql}. */
    public static void abrir(Shop tienda, PrintStream salida) {
        sesion = new Sesion(tienda, salida);
    }

    /** Removes the shop. */
    public static void cerrar() {
        sesion = null;
    }

    /** The shop itself, with every part of it. */
    public static Shop tienda() {
        return abierta().tienda();
    }

    public static Productos productos() {
        return new Productos(tienda());
    }

    public static Reservas reservas() {
        return new Reservas(tienda());
    }

    public static Inventario inventario() {
        return new Inventario(tienda());
    }

    public static Pedidos pedidos() {
        return new Pedidos(tienda());
    }

    /** Runs one statement and prints its rows, or how many it changed. Changes are committed. */
    public static void sql(String sentencia) throws SQLException {
        Sesion abierta = abierta();
        abierta.tienda()
                .database()
                .useTransaction(handle -> ShellSql.run(handle.getConnection(), sentencia, abierta.salida()));
    }

    private static Sesion abierta() {
        Sesion abierta = sesion;
        if (abierta == null) {
            throw new IllegalStateException("la consola no está abierta");
        }
        return abierta;
    }
}
