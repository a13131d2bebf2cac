package com.electroisla.pages.http;

import io.quarkus.arc.Arc;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;

/** Every path of a page or a form that the server has, so that a new one cannot be forgotten. */
record PageRoutes(Set<String> gets, Set<String> posts) {
    static PageRoutes all() {
        PageRoutes routes = new PageRoutes(new TreeSet<>(), new TreeSet<>());
        for (Bean<?> bean : Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE)) {
            Class<?> each = bean.getBeanClass();
            if (each.isAnnotationPresent(Page.class) && each.isAnnotationPresent(Path.class)) {
                for (Method method : each.getDeclaredMethods()) {
                    routes.add(each, method);
                }
            }
        }
        return routes;
    }

    private void add(Class<?> resource, Method method) {
        Path own = method.getAnnotation(Path.class);
        String path = ("/" + resource.getAnnotation(Path.class).value() + "/" + (own == null ? "" : own.value()) + "/")
                .replaceAll("/+", "/");
        addIf(method, GET.class, gets, path);
        addIf(method, POST.class, posts, path);
    }

    private static void addIf(Method method, Class<? extends Annotation> verb, Set<String> paths, String path) {
        if (method.isAnnotationPresent(verb)) {
            paths.add(path);
        }
    }

    /**
     * The route of an address: {@code /pedidos/17/cancelar/?x=1} is {@code /pedidos/{id}/cancelar/}. What a letter's
     * link has in the place of an id is no number.
     */
    static String of(String address) {
        return address.replaceAll("\\?.*", "")
                .replaceAll("/[0-9]+/", "/{id}/")
                .replaceAll("^/pedido/[^/]+/", "/pedido/{id}/");
    }
}
