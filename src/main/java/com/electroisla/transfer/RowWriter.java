package com.electroisla.transfer;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Writes rows of text, the header first. Closing finishes the file but leaves the stream under it open. */
interface RowWriter extends Closeable {
    void write(List<String> cells) throws IOException;
}
