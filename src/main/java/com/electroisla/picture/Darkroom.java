package com.electroisla.picture;

import com.electroisla.catalog.PictureKind;
import com.electroisla.catalog.PictureName;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Decodes a picture, turns it upright, lays it on white, scales it and encodes it as JPEG. Of a large one only every
 * second or third dot is taken while it is decoded, so the memory for it has a bound, whatever its size.
 */
final class Darkroom {
    /** Enough for twice the longest side of a made picture, so that skipped dots are not seen in it. */
    private static final long DECODED_BYTES = 26_000_000;

    private static final float QUALITY = 0.82f;
    private static final int MARK_BYTES = 16;
    private static final int PNG_BEGINNING = 8;
    /** The chunks of a PNG that have words. */
    private static final Set<String> TEXTS = Set.of("tEXt", "zTXt", "iTXt");

    private static final ImageReaderSpi JPEG = registered(new JPEGImageReaderSpi());
    private static final ImageReaderSpi WEBP = new WebPImageReaderSpi();

    private Darkroom() {}

    /** The plug-in finds the JDK's own reader, which it completes, when it is registered. */
    private static ImageReaderSpi registered(ImageReaderSpi plugin) {
        IIORegistry.getDefaultInstance().registerServiceProvider(plugin, ImageReaderSpi.class);
        return plugin;
    }

    /**
     * Makes the picture.
     *
     * @param bytes of this kind, and of a size that is harmless by its headers
     * @throws IOException for a broken picture; the decoders throw some runtime exceptions for one, too
     */
    static Making develop(PictureKind kind, byte[] bytes) throws IOException {
        byte[] read = kind == PictureKind.PNG ? withoutTexts(bytes) : bytes;
        ImageReader reader = reader(kind);
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(read))) {
            reader.setInput(in, false, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (!new PictureSize(width, height, (long) width * height).isHarmless()) {
                return new Making.TooManyPixels();
            }
            ImageReadParam wanted = reader.getDefaultReadParam();
            int step = step((long) width * height * bytesPerDot(kind, bytes));
            wanted.setSourceSubsampling(step, step, 0, 0);
            BufferedImage decoded = reader.read(0, wanted);
            return new Making.Made(prints(upright(decoded, Orientation.of(kind, bytes))));
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader reader(PictureKind kind) throws IOException {
        return switch (kind) {
            case JPEG -> JPEG.createReaderInstance();
            case WEBP -> WEBP.createReaderInstance();
            case PNG, GIF -> ImageIO.getImageReadersByFormatName(kind.name()).next();
            case AVIF, BMP, ICO -> throw new IOException("not read: " + kind);
        };
    }

    /**
     * A PNG without the texts before its dots. Of a picture with a palette the reader unpacks and keeps every one, and
     * a few hundred bytes unpack to hundreds of thousands.
     */
    static byte[] withoutTexts(byte[] png) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(png.length);
        ByteBuffer numbers = ByteBuffer.wrap(png);
        int at = PNG_BEGINNING;
        kept.write(png, 0, at);
        String name = "";
        while (!name.equals("IDAT")) {
            name = new String(png, at + 4, 4, StandardCharsets.ISO_8859_1);
            int length = Math.addExact(12, numbers.getInt(at));
            if (length < 12) {
                throw new IllegalArgumentException("broken");
            }
            if (!TEXTS.contains(name)) {
                kept.write(png, at, length);
            }
            at += length;
        }
        kept.write(png, at, png.length - at);
        return kept.toByteArray();
    }

    private static int bytesPerDot(PictureKind kind, byte[] bytes) {
        boolean deep = kind == PictureKind.PNG && bytes[24] == 16;
        return deep ? 8 : 4;
    }

    /** Every how many-th dot is taken in each direction. */
    private static int step(long wholeBytes) {
        int step = 1;
        while (wholeBytes / step / step > DECODED_BYTES) {
            step++;
        }
        return step;
    }

    private static BufferedImage upright(BufferedImage decoded, Orientation orientation) {
        double scale =
                Math.min(1.0, (double) PictureName.LONGEST_SIDE / Math.max(decoded.getWidth(), decoded.getHeight()));
        int width = Math.max(1, (int) Math.round(decoded.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(decoded.getHeight() * scale));
        return orientation.upright(scaled(decoded, width, height));
    }

    /** Halves the picture as often as it takes, since each dot of a halved one is the mean of four. */
    private static BufferedImage scaled(BufferedImage from, int width, int height) {
        BufferedImage scaled = from;
        do {
            scaled = drawn(scaled, Math.max(width, scaled.getWidth() / 2), Math.max(height, scaled.getHeight() / 2));
        } while (scaled.getWidth() > width || scaled.getHeight() > height);
        return scaled;
    }

    /** Transparent parts become white, and the colours those of the web. */
    private static BufferedImage drawn(BufferedImage from, int width, int height) {
        BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D drawing = drawn.createGraphics();
        drawing.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        drawing.drawImage(from, 0, 0, width, height, Color.WHITE, null);
        drawing.dispose();
        return drawn;
    }

    private static MadePicture prints(BufferedImage whole) throws IOException {
        byte[] largest = encoded(whole);
        PictureName name = new PictureName(mark(largest), whole.getWidth(), whole.getHeight());
        List<MadePicture.Copy> copies = new ArrayList<>();
        for (PictureName copy : name.copies()) {
            copies.add(new MadePicture.Copy(
                    copy, copy.equals(name) ? largest : encoded(scaled(whole, copy.width(), copy.height()))));
        }
        return new MadePicture(name, copies);
    }

    private static byte[] encoded(BufferedImage picture) throws IOException {
        ImageWriter writer =
                ImageIO.getImageWritersByFormatName(PictureKind.JPEG.name()).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(QUALITY);
            how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), how);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static String mark(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, MARK_BYTES);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
