package com.electroisla.http.server;

import io.quarkus.arc.Arc;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The methods of each path of the resources, for the {@code Allow} header that HTTP asks for and JAX-RS leaves out of
 * its 405.
 */
final class Routes {
    /** @param path a template such as {@code /api/productos/{id}}, without a slash at its end */
    record Route(String method, String path, Pattern pattern) {}

    private static volatile @Nullable List<Route> all;

    private Routes() {}

    /** The methods such as {@code GET, HEAD, OPTIONS}; empty for a path without a resource. */
    static String allowed(String path) {
        String bare = RequestPath.bare(path);
        Set<String> methods = new TreeSet<>();
        for (Route route : all()) {
            if (route.pattern().matcher(bare).matches()) {
                methods.add(route.method());
            }
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        if (!methods.isEmpty()) {
            methods.add("OPTIONS");
        }
        return String.join(", ", methods);
    }

    /** The template of the resource at this path, whatever its methods. */
    static Optional<String> template(String path) {
        String bare = RequestPath.bare(path);
        return all().stream()
                .filter(route -> route.pattern().matcher(bare).matches())
                .map(Route::path)
                .findFirst();
    }

    static List<Route> all() {
        List<Route> known = all;
        if (known == null) {
            known = read();
            all = known;
        }
        return known;
    }

    private static List<Route> read() {
        List<Route> routes = new ArrayList<>();
        for (Bean<?> bean : Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE)) {
            Path root = bean.getBeanClass().getAnnotation(Path.class);
            if (root == null) {
                continue;
            }
            for (Method method : bean.getBeanClass().getMethods()) {
                Path path = method.getAnnotation(Path.class);
                for (Annotation annotation : method.getAnnotations()) {
                    HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
                    if (verb != null) {
                        routes.add(route(verb.value(), root.value(), path == null ? "" : path.value()));
                    }
                }
            }
        }
        return List.copyOf(routes);
    }

    private static Route route(String verb, String root, String rest) {
        String joined = ("/" + root + "/" + rest).replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
        String path = joined.replaceAll("\\{\\s*(\\w+)[^}]*}", "{$1}");
        return new Route(verb, path, Pattern.compile(path.replaceAll("\\{\\w+}", "[^/]+")));
    }
}
