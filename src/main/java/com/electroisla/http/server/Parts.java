package com.electroisla.http.server;

import com.electroisla.RunningServer;
import com.electroisla.Shop;
import com.electroisla.settings.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;

/**
 * Gives the running shop to resources. Both producers are dependent: a {@code @RequestScoped} resource gets the shop
 * that is running when its request arrives, so each test class can have its own.
 */
final class Parts {
    @Produces
    @Dependent
    Shop shop() {
        return RunningServer.shop();
    }

    @Produces
    @Dependent
    Settings settings() {
        return RunningServer.shop().settings();
    }
}
