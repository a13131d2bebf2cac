package com.electroisla.shopfront;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/**
 * A text as a QR code for an SVG of the page: no script and no picture of another site is needed.
 *
 * @param size the side, with the quiet border of four modules
 * @param path the dark modules, as the {@code d} of a path
 */
public record QrCode(int size, String path) {
    static final QrCode NONE = new QrCode(0, "");
    private static final int BORDER = 4;

    /** @throws IllegalArgumentException for a text that is too long for any QR code */
    public static QrCode of(String text) {
        try {
            ByteMatrix modules = Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
            StringBuilder path = new StringBuilder();
            for (int y = 0; y < modules.getHeight(); y++) {
                for (int x = 0; x < modules.getWidth(); x++) {
                    if (modules.get(x, y) == 1) {
                        path.append('M')
                                .append(x + BORDER)
                                .append(' ')
                                .append(y + BORDER)
                                .append("h1v1h-1z");
                    }
                }
            }
            return new QrCode(modules.getWidth() + 2 * BORDER, path.toString());
        } catch (WriterException tooLong) {
            throw new IllegalArgumentException(tooLong);
        }
    }
}
