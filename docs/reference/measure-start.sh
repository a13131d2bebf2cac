#!/bin/sh
# Prints the figures that docs/reference/figures.md quotes: start of the server to the first 200 and until it is ready, a command
# beside it, and memory.
# Run it from the project's folder, on a machine that does nothing else. Needs curl and wrk; uses a home of its own.
set -eu
manage=$PWD/manage
home=$(mktemp -d) && export ELECTRO_ISLA_HOME="$home" ELECTRO_ISLA_BARRIDO=PT1S
port=18000
millis() { date +%s%3N; }

start() { # starts a server and prints the milliseconds until /api/productos/ answers 200
    began=$(millis)
    "$manage" runserver $port >"$home/salida.txt" 2>&1 &
    server=$!
    until curl -fsS -o /dev/null "http://127.0.0.1:$port/api/productos/" 2>/dev/null; do sleep 0.05; done
    echo "$(($(millis) - began))"
    until curl -fsS -o /dev/null "http://127.0.0.1:$port/health/ready" 2>/dev/null; do sleep 0.05; done
    echo "$(($(millis) - began))" >"$home/listo"
}
stop() { kill $server && wait $server 2>/dev/null || :; }
five() { # runs the function five times and prints the sorted figures; the third is the median
    for _ in 1 2 3 4 5; do "$1"; done | sort -n | tr '\n' ' ' && echo
}
once() { start >"$home/ms" && stop && cat "$home/ms"; }
ready() { once >/dev/null && cat "$home/listo"; }
command() { began=$(millis) && "$manage" liberar_reservas_expiradas >/dev/null && echo "$(($(millis) - began))"; }

once >/dev/null # builds, unpacks and creates the database: not measured
printf 'server start to the first 200, embedded database, ms: ' && five once
printf 'server start until it is ready, embedded database, ms: ' && five ready
start >/dev/null
printf 'liberar_reservas_expiradas beside a running server, ms: ' && five command
wrk -t1 -c16 -d15s "http://127.0.0.1:$port/api/productos/" | grep 'requests in'
memory() { echo $(($(awk '/VmRSS/ {print $2}' "/proc/$server/status") / 1024)); }
printf 'resident memory of the server after these requests (at least 10,000), MB: ' && memory
wrk -t1 -c512 -d20s "http://127.0.0.1:$port/api/productos/?page_size=5" | grep 'requests in'
printf 'resident memory after as many over 512 connections, MB: ' && memory
database=$server
DATABASE_URL="postgresql://electro_isla:$(cat "$home/clave-postgres")@127.0.0.1:$(sed -n 4p "$home/datos/postmaster.pid")/electro_isla"
port=18001 && export DATABASE_URL
printf 'server start to the first 200, external database, ms: ' && five once
kill $database && wait $database 2>/dev/null || :
rm -rf "$home"
