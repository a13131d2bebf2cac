/**
 * The numbered, reversible migrations of the shop's tables, and the record of which of them a database has.
 *
 * <p>The scripts lie beside this package's classes. Owns the tables {@code electro_isla_migraciones},
 * {@code archivo_ajustes}, {@code archivo_ajustes_cuentas}, {@code archivo_carritos}, {@code archivo_cobros},
 * {@code archivo_codigos_de_respaldo}, {@code archivo_diferencias}, {@code archivo_direcciones},
 * {@code archivo_favoritos}, {@code archivo_figuras}, {@code archivo_fotos}, {@code archivo_invitados},
 * {@code archivo_lineas_pago}, {@code archivo_movimientos},
 * {@code archivo_pagos}, {@code archivo_pedidos_vence}, {@code archivo_reembolsos}, {@code archivo_reservas},
 * {@code archivo_reservas_extra}, {@code archivo_reservas_pago}, {@code archivo_secuencias},
 * {@code archivo_segundos_factores} and {@code archivo_sesiones}: the archive keeps what a
 * step back takes away until a step forward restores it. Writes also {@code django_migrations}: Django has to find
 * there what was applied. {@code migrate}, {@code showmigrations}, {@code runserver} and the tests may call this
 * package. A released script is never changed, Django's migrations are never undone below 0018, and no step may lose
 * the {@code stock} of a product that is not initialised.
 *
 * <p>A script reports to the operator through PostgreSQL: a NOTICE with SQLSTATE {@code EI000} is a line to print, an
 * exception with {@code EI001} is an expected refusal whose message is the reason. So the sentence, the figures in it
 * and the decision come from the same transaction as the change. See {@code docs/decisions/0002-migrations.md}.
 */
@NullMarked
package com.electroisla.database.migration;

import org.jspecify.annotations.NullMarked;
