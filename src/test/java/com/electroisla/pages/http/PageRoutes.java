package com.electroisla.pages.http;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.util.Set;
import java.util.TreeSet;

/** Every path of a page or a form of the program, found by its classes, so that a new one cannot be forgotten. */
record PageRoutes(Set<String> gets, Set<String> posts) {
    static PageRoutes all() {
        PageRoutes routes = new PageRoutes(new TreeSet<>(), new TreeSet<>());
        for (JavaClass each : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("com.electroisla")) {
            if (each.isAnnotatedWith(Page.class) && each.isAnnotatedWith(Path.class)) {
                each.getMethods().forEach(method -> routes.add(each, method));
            }
        }
        return routes;
    }

    private void add(JavaClass resource, JavaMethod method) {
        String rest = method.isAnnotatedWith(Path.class)
                ? method.getAnnotationOfType(Path.class).value()
                : "";
        String path = ("/" + resource.getAnnotationOfType(Path.class).value() + "/" + rest + "/").replaceAll("/+", "/");
        addIf(method, GET.class, gets, path);
        addIf(method, POST.class, posts, path);
    }

    private static void addIf(JavaMethod method, Class<? extends Annotation> verb, Set<String> paths, String path) {
        if (method.isAnnotatedWith(verb)) {
            paths.add(path);
        }
    }

    /** The route of an address: {@code /pedidos/17/cancelar/?x=1} is {@code /pedidos/{id}/cancelar/}. */
    static String of(String address) {
        return address.replaceAll("\\?.*", "").replaceAll("/[0-9]+/", "/{id}/");
    }
}
