package com.electroisla.admin.http;

import com.electroisla.live.StockNews;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/** After each form of the admin, tells the shop's open pages to read the stock again. */
@Provider
@AdminPage
final class ChangesAreTold implements ContainerResponseFilter {
    private final Instance<StockNews> news;

    ChangesAreTold(Instance<StockNews> news) {
        this.news = news;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getMethod().equals("POST")) {
            news.get().announce();
        }
    }
}
