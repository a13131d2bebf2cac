package com.electroisla.catalog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The pixels of a picture, read from its headers; nothing is decoded. A browser that shows the picture takes memory
 * for them, however few bytes it has: 60,000 times 60,000 pixels of one colour fit into a few megabytes.
 *
 * @param pixels of the whole picture; of a moving one, of all its frames together
 */
record PictureSize(long width, long height, long pixels) {
    private static final int LONGEST_SIDE = 16_384;
    private static final long MOST_PIXELS = 50_000_000;
    /** The frames of a moving picture are shown one after the other. */
    private static final long MOST_PIXELS_OF_ALL_FRAMES = 10 * MOST_PIXELS;

    private static PictureSize of(long width, long height) {
        return new PictureSize(width, height, width * height);
    }

    /** The size by the headers; empty for a broken picture, and for a kind of several pictures in one. */
    static Optional<PictureSize> of(PictureKind kind, byte[] bytes) {
        ByteBuffer picture = ByteBuffer.wrap(bytes);
        try {
            return Optional.of(
                            switch (kind) {
                                case PNG -> png(picture);
                                case JPEG -> jpeg(picture);
                                case GIF -> gif(picture.order(ByteOrder.LITTLE_ENDIAN));
                                case WEBP -> webp(picture.order(ByteOrder.LITTLE_ENDIAN));
                                case AVIF -> avif(picture);
                                case BMP -> bmp(picture.order(ByteOrder.LITTLE_ENDIAN));
                                case ICO -> of(0, 0);
                            })
                    .filter(size -> size.width > 0 && size.height > 0);
        } catch (IndexOutOfBoundsException | IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    /** Whether a browser can show it without harm. */
    boolean isHarmless() {
        return width <= LONGEST_SIDE
                && height <= LONGEST_SIDE
                && width * height <= MOST_PIXELS
                && pixels <= MOST_PIXELS_OF_ALL_FRAMES;
    }

    private static PictureSize png(ByteBuffer picture) {
        require(name(picture, 12).equals("IHDR"));
        return of(unsigned(picture, 16), unsigned(picture, 20));
    }

    /** Walks from marker to marker up to the first scan; the size is in the frame's header. */
    private static PictureSize jpeg(ByteBuffer picture) {
        int at = 2;
        while (true) {
            require(octet(picture, at) == 0xFF);
            int marker = octet(picture, at + 1);
            if (marker == 0xFF) {
                at++;
                continue;
            }
            boolean frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
            if (frame) {
                return of(pair(picture, at + 7), pair(picture, at + 5));
            }
            require(marker != 0xDA && marker != 0xD9);
            at += 2 + pair(picture, at + 2);
        }
    }

    /** Walks over every block to the trailer, so a text that only begins like a GIF is none. */
    private static PictureSize gif(ByteBuffer picture) {
        long width = pair(picture, 6);
        long height = pair(picture, 8);
        long pixels = 0;
        int at = 13 + colours(octet(picture, 10));
        while (true) {
            switch (octet(picture, at)) {
                case 0x21 -> at = afterBlocks(picture, at + 2);
                case 0x2C -> {
                    long frameWidth = pair(picture, at + 5);
                    long frameHeight = pair(picture, at + 7);
                    width = Math.max(width, pair(picture, at + 1) + frameWidth);
                    height = Math.max(height, pair(picture, at + 3) + frameHeight);
                    pixels += frameWidth * frameHeight;
                    at = afterBlocks(picture, at + 11 + colours(octet(picture, at + 9)));
                }
                case 0x3B -> {
                    return new PictureSize(width, height, pixels);
                }
                default -> throw new IllegalArgumentException("no block of a GIF");
            }
        }
    }

    /** The length of the colour table that these flags announce. */
    private static int colours(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    private static int afterBlocks(ByteBuffer picture, int first) {
        int at = first;
        while (octet(picture, at) != 0) {
            at += 1 + octet(picture, at);
        }
        return at + 1;
    }

    private static PictureSize webp(ByteBuffer picture) {
        return switch (name(picture, 12)) {
            case "VP8X" -> of(1 + triple(picture, 24), 1 + triple(picture, 27));
            case "VP8 " -> of(pair(picture, 26) & 0x3FFF, pair(picture, 28) & 0x3FFF);
            case "VP8L" -> {
                require(octet(picture, 20) == 0x2F);
                long bits = unsigned(picture, 21);
                yield of(1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF));
            }
            default -> throw new IllegalArgumentException("no chunk of a WebP");
        };
    }

    /** The largest of the sizes in {@code meta/iprp/ipco}: of the picture, its parts and its transparency. */
    private static PictureSize avif(ByteBuffer picture) {
        int meta = box(picture, 0, picture.limit(), "meta");
        int properties = box(picture, meta + 12, end(picture, meta), "iprp");
        int container = box(picture, properties + 8, end(picture, properties), "ipco");
        PictureSize largest = of(0, 0);
        int limit = end(picture, container);
        for (int at = container + 8; at < limit; at = end(picture, at)) {
            if (name(picture, at + 4).equals("ispe")) {
                PictureSize size = of(unsigned(picture, at + 12), unsigned(picture, at + 16));
                largest = size.width > largest.width || size.height > largest.height ? size : largest;
            }
        }
        return largest;
    }

    private static int box(ByteBuffer picture, int from, int limit, String wanted) {
        for (int at = from; at < limit; at = end(picture, at)) {
            if (name(picture, at + 4).equals(wanted)) {
                return at;
            }
        }
        throw new IllegalArgumentException("no box " + wanted);
    }

    private static int end(ByteBuffer picture, int box) {
        long size = unsigned(picture, box);
        require(size >= 8 && box + size <= picture.limit());
        return (int) (box + size);
    }

    private static PictureSize bmp(ByteBuffer picture) {
        return picture.getInt(14) == 12
                ? of(pair(picture, 18), pair(picture, 20))
                : of(picture.getInt(18), Math.abs((long) picture.getInt(22)));
    }

    private static void require(boolean wellFormed) {
        if (!wellFormed) {
            throw new IllegalArgumentException("broken");
        }
    }

    private static String name(ByteBuffer picture, int at) {
        byte[] name = new byte[4];
        picture.get(at, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private static int octet(ByteBuffer picture, int at) {
        return picture.get(at) & 0xFF;
    }

    private static int pair(ByteBuffer picture, int at) {
        return picture.getShort(at) & 0xFFFF;
    }

    private static long triple(ByteBuffer picture, int at) {
        return pair(picture, at) | (long) octet(picture, at + 2) << 16;
    }

    private static long unsigned(ByteBuffer picture, int at) {
        return picture.getInt(at) & 0xFFFF_FFFFL;
    }
}
