package com.electroisla.pages;

/** The message at the top of a page, about the last action. */
public record Notice(Kind kind, String text) {
    /** The kind of message; its name in lower case is a class of the stylesheet. */
    public enum Kind {
        DONE,
        PROBLEM;

        /** The class of the stylesheet. */
        public String css() {
            return this == DONE ? "hecho" : "problema";
        }
    }

    public static Notice done(String text) {
        return new Notice(Kind.DONE, text);
    }

    public static Notice problem(String text) {
        return new Notice(Kind.PROBLEM, text);
    }
}
