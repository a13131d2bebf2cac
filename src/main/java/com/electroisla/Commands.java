package com.electroisla;

import com.electroisla.accounts.cli.ChangePasswordCommand;
import com.electroisla.accounts.cli.CreateSuperuserCommand;
import com.electroisla.accounts.cli.QuitarSegundoFactorCommand;
import com.electroisla.backup.cli.RespaldarCommand;
import com.electroisla.backup.cli.RestaurarCommand;
import com.electroisla.command.FromSourcesCommand;
import com.electroisla.command.Manage.Entry;
import com.electroisla.command.RunServerCommand;
import com.electroisla.database.migration.cli.MigrateCommand;
import com.electroisla.database.migration.cli.ShowMigrationsCommand;
import com.electroisla.demo.cli.DemoCommand;
import com.electroisla.inventory.cli.ActualizarStockCommand;
import com.electroisla.inventory.cli.ResumenInventarioCommand;
import com.electroisla.inventory.cli.VerificarDatosCommand;
import com.electroisla.mail.Letters;
import com.electroisla.reconciliation.cli.VerificarInventarioCommand;
import com.electroisla.reservation.cli.LiberarReservasExpiradasCommand;
import com.electroisla.reservation.cli.ReservasCommand;
import com.electroisla.shell.cli.DbShellCommand;
import com.electroisla.shell.cli.ShellCommand;
import com.electroisla.transfer.cli.DumpDataCommand;
import com.electroisla.transfer.cli.LoadDataCommand;
import com.electroisla.wiring.Shop;
import java.util.List;

/**
 * The one list of commands, beside {@link Main} and above every feature, so that the features' {@code cli} packages
 * may build on {@code command} without a cycle.
 */
public final class Commands {
    /** The entries in the order of the list. Lambdas, so that only the chosen command's class is loaded. */
    public static final List<Entry> ALL = List.of(
            new Entry(
                    "demo",
                    "Una tienda de muestra, servida solo en esta máquina",
                    () -> new DemoCommand(Shop::demoShop, Shop::accounts)),
            new Entry("runserver", "El servidor; por omisión en 127.0.0.1:8000", () -> new RunServerCommand()),
            new Entry("migrate", "Aplica o deshace migraciones", () -> new MigrateCommand()),
            new Entry(
                    "showmigrations",
                    "Muestra qué migraciones tiene la base de datos",
                    () -> new ShowMigrationsCommand()),
            new Entry(
                    "actualizar_stock",
                    "Paso 3: stock_total = stock en los productos sin inicializar",
                    () -> new ActualizarStockCommand(Shop::initialiseStock)),
            new Entry(
                    "verificar_datos",
                    "Paso 4: las cuatro cifras de los primeros productos",
                    () -> new VerificarDatosCommand(Shop::inventory)),
            new Entry(
                    "liberar_reservas_expiradas",
                    "Paso 7.3: libera las reservas que expiraron",
                    () -> new LiberarReservasExpiradasCommand(
                            Shop::expireReservations, Shop::lapsePayments, Shop::lapseOrders)),
            new Entry(
                    "reservas",
                    "Paso 9: reservas por estado y próximas a expirar",
                    () -> new ReservasCommand(Shop::inventory)),
            new Entry(
                    "resumen_inventario",
                    "Totales del inventario",
                    () -> new ResumenInventarioCommand(Shop::inventory)),
            new Entry(
                    "verificar_inventario",
                    "Compara las cifras con las reservas",
                    () -> new VerificarInventarioCommand(Shop::inventory, Shop::repairInventory, Shop::differences)),
            new Entry(
                    "respaldar",
                    "Paso 1: un respaldo completo en un archivo, con la tienda en marcha",
                    () -> new RespaldarCommand()),
            new Entry(
                    "restaurar",
                    "Vuelve a un respaldo, después de comprobarlo",
                    () -> new RestaurarCommand(Letters::holdBack)),
            new Entry(
                    "loaddata",
                    "Carga el catálogo desde un archivo CSV o XLSX",
                    () -> new LoadDataCommand(Shop::loadCatalogue)),
            new Entry("dumpdata", "Escribe el catálogo en CSV o XLSX", () -> new DumpDataCommand(Shop::dumpCatalogue)),
            new Entry("shell", "JShell con los servicios de la tienda", () -> new ShellCommand(shop -> shop)),
            new Entry("dbshell", "SQL: psql si está instalado, si no uno pequeño", () -> new DbShellCommand()),
            new Entry(
                    "createsuperuser", "Crea un superusuario", () -> new CreateSuperuserCommand(Shop::manageAccounts)),
            new Entry(
                    "changepassword",
                    "Cambia la contraseña de un usuario y cierra sus sesiones",
                    () -> new ChangePasswordCommand(Shop::manageAccounts)),
            new Entry(
                    "quitar_segundo_factor",
                    "Quita el segundo factor a quien perdió su teléfono, y cierra sus sesiones",
                    () -> new QuitarSegundoFactorCommand(Shop::accounts)),
            new Entry("bench", "Mide el motor junto a otras maneras de reservar", () -> new FromSourcesCommand()),
            new Entry(
                    "simulacro",
                    "El simulacro de fallos: kill -9 bajo carga, y la prueba de que nada se perdió",
                    () -> new FromSourcesCommand()));

    private Commands() {}
}
