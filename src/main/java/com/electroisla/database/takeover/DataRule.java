package com.electroisla.database.takeover;

import com.electroisla.database.takeover.Finding.Effect;

/**
 * The rules that rows of the old shop may break and ours never do. The statement that finds each violation is in
 * {@link TakeoverDataSql}.
 */
enum DataRule {
    NEGATIVE_PRICE(
            "precio_negativo",
            18,
            99,
            Effect.REPORTED,
            "Productos con precio negativo; no se venden hasta que alguien lo corrija, y --reparar no los toca"),
    NO_PRICE(
            "precio_imposible",
            18,
            99,
            Effect.REPORTED,
            "Productos cuyo precio es NaN o no cabe en un pedido; no se venden hasta que alguien lo corrija, y "
                    + "--reparar no los toca"),
    LINE_PRICE(
            "lineas_con_precio_imposible",
            18,
            99,
            Effect.REPORTED,
            "Líneas de carrito con un precio negativo, NaN o que no cabe en un pedido; se venden al precio "
                    + "del producto"),
    NEGATIVE_STOCK("stock_negativo", 18, 18, Effect.MENDABLE, "Productos con stock negativo; se reparan a 0"),
    NEGATIVE_UNCOUNTED_STOCK(
            "stock_negativo", 19, 99, Effect.MENDABLE, "Productos sin cifras y con stock negativo; se reparan a 0"),
    DISCOUNT(
            "descuento_fuera_de_rango",
            18,
            99,
            Effect.REPORTED,
            "Productos con un descuento menor que 0 o mayor que 100; se vende como 0 o 100"),
    SHARED_EMAIL(
            "correo_compartido",
            18,
            99,
            Effect.REPORTED,
            "Cuentas que comparten un correo (mayúsculas y minúsculas son lo mismo); entran con su nombre de "
                    + "usuario y no con el correo, y --reparar no las toca"),
    NO_PROFILE(
            "usuarios_sin_perfil", 18, 99, Effect.REPORTED, "Usuarios sin fila en user_profiles; se leen como cliente"),
    ROLE(
            "rol_desconocido",
            18,
            99,
            Effect.REPORTED,
            "Perfiles con un rol que no es cliente, mensajero, trabajador ni admin; se leen como cliente"),
    EMPTY_LINE(
            "lineas_sin_cantidad",
            18,
            99,
            Effect.MENDABLE,
            "Líneas de carrito con cantidad 0 o menos; se reparan quitándolas"),
    ORDER_STATE(
            "estado_de_pedido_desconocido", 18, 99, Effect.REPORTED, "Pedidos con un estado que esta tienda no usa"),
    PAYMENT("pago_desconocido", 18, 99, Effect.REPORTED, "Pedidos con un método de pago que esta tienda no usa"),
    ORDER_TOTAL("total_de_pedido_distinto", 18, 99, Effect.REPORTED, "Pedidos cuyo total no es la suma de sus líneas"),
    SUBTOTAL("subtotal_distinto", 18, 99, Effect.REPORTED, "Líneas de pedido cuyo subtotal no es cantidad por precio"),
    STOCK_DIFFERS(
            "stock_distinto",
            19,
            19,
            Effect.REPORTED,
            "Productos cuyo stock no es su disponible; las cifras "
                    + "mandan y 0020 lo pone al día (si vendió la tienda "
                    + "antigua, corrige antes stock_total)"),
    NEGATIVE_HOLD("reservas_negativas", 19, 99, Effect.STOPS, "Reservas con cantidad negativa"),
    HOLD_STATE(
            "estado_de_reserva_desconocido", 19, 99, Effect.REPORTED, "Reservas con un status que esta tienda no usa"),
    EMPTY_HOLD(
            "reservas_sin_cantidad",
            19,
            99,
            Effect.MENDABLE,
            "Reservas pendientes de 0 unidades; se reparan cancelándolas"),
    OVERDUE(
            "reservas_vencidas",
            19,
            99,
            Effect.MENDABLE,
            "Reservas pendientes que ya vencieron; se reparan pasándolas a expired"),
    REPEATED(
            "reservas_repetidas",
            19,
            99,
            Effect.MENDABLE,
            "Reservas pendientes de más de un mismo usuario y producto (la tienda antigua suma las de cada "
                    + "checkout); se reparan cancelando todas menos la más nueva"),
    IMPOSSIBLE(
            "cifras_imposibles",
            19,
            19,
            Effect.STOPS,
            "Productos con cifras negativas o reservado + vendido mayor que el total, que sus reservas no explican"),
    IMPOSSIBLE_BUT_COUNTED(
            "cifras_imposibles_reparables",
            19,
            19,
            Effect.STOPS_UNTIL_MENDED,
            "Productos con cifras negativas o reservado + vendido mayor que el total; se reparan contando "
                    + "sus reservas"),
    OVERPROMISED(
            "reservas_sin_unidades",
            19,
            19,
            Effect.REPORTED,
            "Productos con más unidades en reservas pendientes y vendidas que en su total; sus cifras no se tocan"),
    HELD_BY_NOBODY(
            "reservado_sin_reservas",
            19,
            19,
            Effect.MENDABLE,
            "Productos con stock_reservado y sin "
                    + "reservas pendientes (la tienda antigua "
                    + "canceló o venció la reserva y no la cifra); "
                    + "se reparan a 0"),
    RESERVED_DIFFERS(
            "reservado_distinto",
            19,
            19,
            Effect.MENDABLE,
            "Productos cuyo stock_reservado no es la suma de sus reservas pendientes (de checkouts que la tienda "
                    + "antigua rechazó a medias, o de dos a la vez); se reparan con la suma"),
    SOLD_LESS(
            "vendido_de_menos",
            19,
            19,
            Effect.MENDABLE,
            "Productos con stock_vendido menor que sus reservas confirmadas; se reparan con la suma"),
    SOLD_MORE(
            "vendido_de_mas",
            19,
            19,
            Effect.MENDABLE,
            "Productos con stock_vendido mayor que sus reservas confirmadas; se conserva, y --reparar anota la "
                    + "diferencia como ajuste");

    final String finding;
    final int firstLevel;
    final int lastLevel;
    final Effect effect;
    final String sentence;

    DataRule(String finding, int firstLevel, int lastLevel, Effect effect, String sentence) {
        this.finding = finding;
        this.firstLevel = firstLevel;
        this.lastLevel = lastLevel;
        this.effect = effect;
        this.sentence = sentence;
    }

    boolean appliesAt(int level) {
        return firstLevel <= level && level <= lastLevel;
    }
}
