package com.electroisla.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures as people have them, made by the JDK's own writers. */
public final class SamplePictures {
    private static final AtomicInteger COLOURS = new AtomicInteger();

    private SamplePictures() {}

    /** A picture of a colour that no other of this run has. */
    public static byte[] fresh(String format, int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D drawing = picture.createGraphics();
        int number = COLOURS.incrementAndGet();
        // Far enough from each other to be told apart after a lossy encoding.
        drawing.setColor(new Color(16 * (number % 16), 16 * (number / 16 % 16), 16 * (number / 256 % 16)));
        drawing.fillRect(0, 0, width, height);
        drawing.dispose();
        return written(picture, format);
    }

    public static byte[] written(BufferedImage picture, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(picture, format, out)) {
                throw new AssertionError(format);
            }
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return out.toByteArray();
    }

    static byte[] progressive(BufferedImage picture) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), how);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return bytes.toByteArray();
    }

    /** Red and green above, blue and black below. */
    static BufferedImage quarters(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D drawing = picture.createGraphics();
        drawing.setColor(Color.RED);
        drawing.fillRect(0, 0, width / 2, height / 2);
        drawing.setColor(Color.GREEN);
        drawing.fillRect(width / 2, 0, width, height / 2);
        drawing.setColor(Color.BLUE);
        drawing.fillRect(0, height / 2, width / 2, height);
        drawing.dispose();
        return picture;
    }

    /** A JPEG with what a camera writes into it: how it was held, and where, and a comment. */
    public static byte[] photo(BufferedImage picture, int orientation) {
        byte[] plain = written(picture, "jpg");
        ByteBuffer exif = ByteBuffer.allocate(64);
        exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        exif.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        exif.putShort((short) 2);
        exif.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        exif.putShort((short) 0x010E).putShort((short) 2).putInt(14).putInt(38);
        exif.putInt(0);
        exif.put("19.45N 70.69O\0".getBytes(StandardCharsets.US_ASCII));
        return joined(
                Arrays.copyOf(plain, 2),
                segment(0xE1, Arrays.copyOf(exif.array(), exif.position())),
                segment(0xFE, "comentario secreto".getBytes(StandardCharsets.US_ASCII)),
                Arrays.copyOfRange(plain, 2, plain.length));
    }

    private static byte[] segment(int marker, byte[] content) {
        return ByteBuffer.allocate(4 + content.length)
                .put((byte) 0xFF)
                .put((byte) marker)
                .putShort((short) (2 + content.length))
                .put(content)
                .array();
    }

    public static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** A PNG whose header says so many dots a side. */
    public static byte[] pngOf(int width, int height) {
        byte[] png = fresh("png", 8, 6);
        ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
        return png;
    }

    /** One dot, with loss. */
    static byte[] webp() {
        return Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");
    }

    /** One dot, without loss. */
    static byte[] losslessWebp() {
        return Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");
    }
}
