package com.electroisla.bench.http;

import com.electroisla.bench.shop.Load;
import com.electroisla.bench.shop.Measured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The benchmark's own client: a virtual thread and an open connection for each buyer. */
public final class SocketLoad implements HttpLoad {
    @Override
    public String describe() {
        return "cliente propio";
    }

    @Override
    public Measured run(Plan plan, int port, int connections, Duration time) throws Exception {
        List<Connection> doors = new ArrayList<>();
        try {
            for (int door = 0; door < connections; door++) {
                doors.add(Connection.open(port));
            }
            int most = plan.again() ? Integer.MAX_VALUE : plan.buyers();
            return Load.run(
                    connections,
                    most,
                    time,
                    (door, buyer) -> serve(doors.get(door), plan, (buyer - 1) % plan.buyers()));
        } finally {
            for (Connection door : doors) {
                door.close();
            }
        }
    }

    private static void serve(Connection door, Plan plan, int index) throws Exception {
        for (Call call : plan.calls(index)) {
            Call now = call.after(door.body());
            int status = door.send(now.bytes(plan.tokens()[index]));
            if (status < 200 || status > 299) {
                throw new IllegalStateException(call.method() + " " + call.path() + ": " + status);
            }
        }
    }
}
