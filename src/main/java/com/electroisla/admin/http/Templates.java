package com.electroisla.admin.http;

import com.electroisla.admin.HomeView;
import com.electroisla.pages.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates in {@code templates/admin}; the build compares them with what they are given. */
@CheckedTemplate(basePath = "admin")
final class Templates {
    private Templates() {}

    static native TemplateInstance home(Frame p, HomeView view);
}
