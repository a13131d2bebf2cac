package com.electroisla.mail;

/** Gives a letter's text its form. */
public interface LetterForm {
    String text(Document document);

    String html(Document document);
}
