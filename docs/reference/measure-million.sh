#!/bin/sh
# Prints the figures that docs/reference/figures.md quotes for a catalogue of 1,000,000 products: rows a second of each command and the
# peak memory of its Java process. Run it from the project's folder, on a machine that does nothing else; MILLION=20000 tries
# it on fewer. Needs Linux (/proc), 5 GB under TMPDIR and half an hour; uses a home and an embedded database of its own.
set -eu
manage=$PWD/manage
rows=${MILLION:-1000000}
home=$(mktemp -d) && export ELECTRO_ISLA_HOME="$home/casa" ELECTRO_ISLA_RESPALDO_CLAVE=''
unset DATABASE_URL
trap 'rm -rf "$home"' EXIT
millis() { date +%s%3N; }

measure() { # NAME ROWS ARGUMENTS...: runs the command and prints a row of the table
    name=$1 count=$2 && shift 2
    began=$(millis)
    "$manage" "$@" >"$home/salida" 2>"$home/errores" </dev/null &
    pid=$! peak=0
    while [ "$(cut -d ' ' -f 3 "/proc/$pid/stat" 2>/dev/null || echo Z)" != Z ]; do
        now=$(awk '/VmHWM/ {print $2}' "/proc/$pid/status" 2>/dev/null || :)
        peak=${now:-$peak} && sleep 0.2
    done
    code=0 && wait $pid || code=$?
    took=$(($(millis) - began))
    [ $code = "${expected:-0}" ] || { cat "$home/salida" "$home/errores" >&2 && exit 1; }
    echo "| $name | $((count * 1000 / took)) | $((took / 1000)).$((took % 1000 / 100)) | $((peak / 1024)) |"
}
sql() { "$manage" dbshell >/dev/null; }

"$manage" migrate >/dev/null # builds, unpacks and creates the database: not measured
awk -v n="$rows" 'BEGIN {
    print "nombre,descripcion,precio,descuento,categoria,stock_total,activo,imagen_url"
    for (i = 1; i <= n; i++) printf "Producto número %d,\"Descripción del producto %d, con una coma\",%d.%02d,%d,otros,%d,true,https://ejemplo.invalid/%d.jpg\n",
        i, i, i % 900 + 1, i % 100, i % 30, i % 50 + 1, i
}' >"$home/nuevos.csv"
echo '| command | rows a second | seconds | peak MB |' && echo '| --- | --- | --- | --- |'
measure '`loaddata`, new products' "$rows" loaddata "$home/nuevos.csv"
measure '`dumpdata`, CSV' "$rows" dumpdata "$home/todos.csv"
measure '`loaddata`, nothing changed' "$rows" loaddata "$home/todos.csv"
awk -F, -v OFS=, 'NR > 1 {sub(/,otros,/, ",muebles,")} {print}' "$home/todos.csv" >"$home/otros.csv"
measure '`loaddata`, each product changed' "$rows" loaddata "$home/otros.csv"
measure '`dumpdata`, XLSX' "$rows" dumpdata "$home/todos.xlsx"
measure '`loaddata`, XLSX, nothing changed' "$rows" loaddata "$home/todos.xlsx"
echo 'UPDATE productos SET stock_total = 0; UPDATE productos SET stock = id % 50 + 1; VACUUM ANALYZE productos;' | sql
measure '`actualizar_stock`' "$rows" actualizar_stock
measure '`verificar_datos`' "$rows" verificar_datos
measure '`verificar_inventario`, no holds' "$rows" verificar_inventario
echo "INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
        VALUES ('!', false, 'ana', '', '', '', false, true, now());
    INSERT INTO stock_reservations (cantidad, status, created_at, expires_at, producto_id, usuario_id)
        SELECT 1, 'pending', now(), now() + interval '1 day', p.id, u.id FROM productos p, auth_user u;
    VACUUM ANALYZE stock_reservations;" | sql
expected=1 && measure '`verificar_inventario`, every product differs from its hold' "$rows" verificar_inventario && expected=0
measure '`verificar_inventario --reparar`, every product' "$rows" verificar_inventario --reparar
measure '`verificar_inventario`, a hold of each product' "$rows" verificar_inventario
measure '`reservas`' "$rows" reservas
all=$((rows * 4)) # products, reservations, movements and lines of the audit log
measure "\`respaldar\`" "$all" respaldar "$home/respaldo.eib"
tail -n 6 "$home/salida" | sed 's/^/    /' >"$home/respaldo.txt"
measure "\`restaurar\`" "$all" restaurar "$home/respaldo.eib"
export ELECTRO_ISLA_RESPALDO_CLAVE=una-clave-de-prueba
measure "\`respaldar\`, with a key" "$all" respaldar "$home/cifrado.eib"
echo && cat "$home/respaldo.txt"
