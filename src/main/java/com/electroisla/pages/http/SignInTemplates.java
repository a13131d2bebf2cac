package com.electroisla.pages.http;

import com.electroisla.pages.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates in {@code templates/pages}; the build checks their parameters. */
@CheckedTemplate(basePath = "pages")
final class SignInTemplates {
    private SignInTemplates() {}

    static native TemplateInstance signIn(Frame p, SignInView view);

    static native TemplateInstance signUp(Frame p, SignInView view);

    static native TemplateInstance recover(Frame p, RecoverView view);

    static native TemplateInstance recoverCode(Frame p, RecoverView view);

    static native TemplateInstance invitation(Frame p, LinkView view);

    static native TemplateInstance passwordLink(Frame p, LinkView view);

    static native TemplateInstance code(Frame p, CodeView view);
}
