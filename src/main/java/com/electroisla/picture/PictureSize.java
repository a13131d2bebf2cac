package com.electroisla.picture;

import com.electroisla.catalog.PictureKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The size of a picture in dots, read from its headers before anything is decoded: 60,000 times 60,000 dots of one
 * colour fit into a few megabytes.
 *
 * @param weight how many dots the decoder has to hold or to go through at once, counted in dots of a plain JPEG
 */
record PictureSize(long width, long height, long weight) {
    private static final int LONGEST_SIDE = 16_384;
    private static final long MOST_WEIGHT = 50_000_000;
    /** The decoder keeps the coefficients of every dot until the last pass over them. */
    private static final int PROGRESSIVE = 2;
    /** The decoder holds the whole picture, four bytes a dot and its own notes, at once. */
    private static final int WHOLE_AT_ONCE = 5;
    /** A camera makes one pass over a picture and a program some ten; each takes as long as all of a plain one. */
    private static final int MOST_PASSES = 32;

    /** The size by the headers; empty for a broken picture, one that was cut short, and a kind that is not decoded. */
    static Optional<PictureSize> of(PictureKind kind, byte[] bytes) {
        ByteBuffer picture = ByteBuffer.wrap(bytes);
        try {
            return switch (kind) {
                case PNG -> some(png(picture));
                case JPEG -> some(jpeg(picture));
                case GIF -> some(gif(picture.order(ByteOrder.LITTLE_ENDIAN)));
                case WEBP -> some(webp(picture.order(ByteOrder.LITTLE_ENDIAN)));
                case AVIF, BMP, ICO -> Optional.empty();
            };
        } catch (IndexOutOfBoundsException | IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    private static Optional<PictureSize> some(PictureSize size) {
        return size.width > 0 && size.height > 0 ? Optional.of(size) : Optional.empty();
    }

    private static PictureSize of(long width, long height, int weight) {
        return new PictureSize(width, height, width * height * weight);
    }

    /** Whether it can be decoded within the memory for it. */
    boolean isHarmless() {
        return width <= LONGEST_SIDE && height <= LONGEST_SIDE && weight <= MOST_WEIGHT;
    }

    private static PictureSize png(ByteBuffer picture) {
        require(name(picture, 12).equals("IHDR"));
        return of(unsigned(picture, 16), unsigned(picture, 20), 1);
    }

    /** Walks from marker to marker up to the first pass; the size is in the frame's header. */
    private static PictureSize jpeg(ByteBuffer picture) {
        PictureSize size = of(0, 0, 1);
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
                // The others, such as one without loss, are held as a whole, in whole numbers.
                require(size.width == 0 && marker <= 0xC2);
                boolean progressive = (marker & 3) == 2;
                size = of(pair(picture, at + 7), pair(picture, at + 5), progressive ? PROGRESSIVE : 1);
            }
            require(marker != 0xD9);
            if (marker == 0xDA) {
                require(passes(picture, at) <= MOST_PASSES);
                return size;
            }
            at += 2 + pair(picture, at + 2);
        }
    }

    /**
     * Counts the passes up to the end of the picture; in their data a byte of all ones is followed by a zero. What
     * looks like the end within a comment between two passes is none, as for the decoder.
     */
    private static int passes(ByteBuffer picture, int from) {
        int passes = 0;
        int at = from;
        while (true) {
            int marker = octet(picture, at) == 0xFF ? octet(picture, at + 1) : 0xFF;
            if (marker == 0xD9) {
                return passes;
            }
            if (marker == 0xDA) {
                passes++;
            }
            boolean hasLength = marker >= 0xC0 && marker < 0xD0 || marker > 0xD8 && marker < 0xFF;
            at += hasLength ? 2 + pair(picture, at + 2) : marker == 0xFF ? 1 : 2;
        }
    }

    /** Walks over every block to the trailer, so a text that only begins like a GIF is none. */
    private static PictureSize gif(ByteBuffer picture) {
        long width = pair(picture, 6);
        long height = pair(picture, 8);
        int frames = 0;
        int at = 13 + colours(octet(picture, 10));
        while (true) {
            switch (octet(picture, at)) {
                case 0x21 -> at = afterBlocks(picture, at + 2);
                case 0x2C -> {
                    frames++;
                    width = Math.max(width, pair(picture, at + 1) + (long) pair(picture, at + 5));
                    height = Math.max(height, pair(picture, at + 3) + (long) pair(picture, at + 7));
                    at = afterBlocks(picture, at + 11 + colours(octet(picture, at + 9)));
                }
                case 0x3B -> {
                    require(frames > 0);
                    return of(width, height, 1);
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

    /** The largest of the sizes in it: the canvas may be smaller than what is decoded for it. */
    private static PictureSize webp(ByteBuffer picture) {
        long end = 8 + unsigned(picture, 4);
        require(end <= picture.limit());
        return webp(picture, 12, end, false);
    }

    private static PictureSize webp(ByteBuffer picture, int from, long end, boolean inFrame) {
        PictureSize largest = of(0, 0, 1);
        long at = from;
        while (at + 8 <= end) {
            int chunk = (int) at;
            PictureSize size = switch (name(picture, chunk)) {
                case "VP8X" -> of(1 + triple(picture, chunk + 12), 1 + triple(picture, chunk + 15), WHOLE_AT_ONCE);
                case "VP8 " ->
                    of(pair(picture, chunk + 14) & 0x3FFF, pair(picture, chunk + 16) & 0x3FFF, WHOLE_AT_ONCE);
                case "VP8L" -> lossless(picture, chunk);
                case "ANMF" -> {
                    require(!inFrame);
                    long inside = Math.min(end, chunk + 8 + unsigned(picture, chunk + 4));
                    yield largest(
                            of(1 + triple(picture, chunk + 14), 1 + triple(picture, chunk + 17), WHOLE_AT_ONCE),
                            webp(picture, chunk + 24, inside, true));
                }
                default -> largest;
            };
            largest = largest(largest, size);
            long length = unsigned(picture, chunk + 4);
            at = chunk + 8 + length + (length & 1);
        }
        return largest;
    }

    private static PictureSize lossless(ByteBuffer picture, int chunk) {
        require(octet(picture, chunk + 8) == 0x2F);
        long bits = unsigned(picture, chunk + 9);
        return of(1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF), WHOLE_AT_ONCE);
    }

    private static PictureSize largest(PictureSize one, PictureSize other) {
        return new PictureSize(
                Math.max(one.width, other.width),
                Math.max(one.height, other.height),
                Math.max(one.weight, other.weight));
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
