package com.electroisla.picture;

import com.electroisla.catalog.PictureKind;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * How a camera was held, by the tag of that name in a picture's Exif data: one of eight numbers, of which 1 is upright.
 * Nothing else of that data is read.
 */
record Orientation(int number) {
    private static final Orientation UPRIGHT = new Orientation(1);
    private static final int TAG = 0x0112;
    private static final int MOST_TAGS = 500;

    /** The orientation; upright when the picture says none, or says it wrongly. */
    static Orientation of(PictureKind kind, byte[] bytes) {
        ByteBuffer picture = ByteBuffer.wrap(bytes);
        try {
            int tiff = switch (kind) {
                case JPEG -> inJpeg(picture);
                case PNG -> inPng(picture);
                case WEBP -> inWebp(picture.order(ByteOrder.LITTLE_ENDIAN));
                case GIF, AVIF, BMP, ICO -> -1;
            };
            return tiff < 0 ? UPRIGHT : read(picture, tiff);
        } catch (IndexOutOfBoundsException | IllegalArgumentException broken) {
            return UPRIGHT;
        }
    }

    private static int inJpeg(ByteBuffer picture) {
        int at = 2;
        while ((picture.get(at) & 0xFF) == 0xFF) {
            int marker = picture.get(at + 1) & 0xFF;
            if (marker == 0xDA || marker == 0xD9) {
                return -1;
            }
            if (marker == 0xE1 && begins(picture, at + 4, "Exif\0\0")) {
                return at + 10;
            }
            at += marker == 0xFF ? 1 : 2 + (picture.getShort(at + 2) & 0xFFFF);
        }
        return -1;
    }

    private static int inPng(ByteBuffer picture) {
        int at = 8;
        while (!begins(picture, at + 4, "IDAT")) {
            if (begins(picture, at + 4, "eXIf")) {
                return at + 8;
            }
            at = after(at, picture.getInt(at), 12);
        }
        return -1;
    }

    private static int inWebp(ByteBuffer picture) {
        int at = 12;
        while (!begins(picture, at, "EXIF")) {
            int length = picture.getInt(at + 4);
            at = after(at, length, 8 + (length & 1));
        }
        return begins(picture, at + 8, "Exif\0\0") ? at + 14 : at + 8;
    }

    private static int after(int at, int length, int beside) {
        if (length < 0) {
            throw new IllegalArgumentException("broken");
        }
        return Math.addExact(at, Math.addExact(length, beside));
    }

    private static Orientation read(ByteBuffer picture, int tiff) {
        picture.order(begins(picture, tiff, "II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = Math.addExact(tiff, picture.getInt(tiff + 4));
        int tags = Math.min(MOST_TAGS, picture.getShort(directory) & 0xFFFF);
        for (int i = 0; i < tags; i++) {
            int at = directory + 2 + 12 * i;
            if ((picture.getShort(at) & 0xFFFF) == TAG) {
                int number = picture.getShort(at + 8) & 0xFFFF;
                return number >= 1 && number <= 8 ? new Orientation(number) : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    private static boolean begins(ByteBuffer picture, int at, String name) {
        byte[] found = new byte[name.length()];
        picture.get(at, found);
        return name.equals(new String(found, StandardCharsets.ISO_8859_1));
    }

    /** The picture as it was seen. */
    BufferedImage upright(BufferedImage taken) {
        if (number == 1) {
            return taken;
        }
        int width = taken.getWidth();
        int height = taken.getHeight();
        boolean lying = number >= 5;
        BufferedImage seen = new BufferedImage(lying ? height : width, lying ? width : height, taken.getType());
        Graphics2D drawing = seen.createGraphics();
        drawing.drawImage(taken, transform(width, height), null);
        drawing.dispose();
        return seen;
    }

    /** By the table of the Exif standard: which edges of the picture are at the top and at the left. */
    private AffineTransform transform(int width, int height) {
        return switch (number) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }
}
