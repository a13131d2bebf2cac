package com.electroisla.picture;

/** The outcome of an attempt to make a picture of a file. */
public sealed interface Making {
    record Made(MadePicture picture) implements Making {}

    /** No picture of a kind that is read, or a broken one. */
    record NoPicture() implements Making {}

    record TooLarge() implements Making {}

    /** So many dots that decoding them would take the memory of others. */
    record TooManyPixels() implements Making {}

    /** Others' pictures are being made; soon there is room. */
    record Busy() implements Making {}
}
