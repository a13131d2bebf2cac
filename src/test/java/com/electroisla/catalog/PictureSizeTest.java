package com.electroisla.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The size of a picture is read from its header, whatever its kind. */
class PictureSizeTest {
    private static Optional<PictureSize> size(byte[] picture) {
        return PictureKind.of(picture).flatMap(kind -> PictureSize.of(kind, picture));
    }

    private static byte[] written(String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(new BufferedImage(37, 21, BufferedImage.TYPE_INT_RGB), format, out));
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"png", "jpg", "gif", "bmp"})
    void of_a_picture_that_the_jdk_wrote(String format) throws IOException {
        PictureSize size = size(written(format)).orElseThrow();
        assertEquals(37, size.width());
        assertEquals(21, size.height());
        assertTrue(size.isHarmless());
    }

    @ParameterizedTest
    @CsvSource({
        "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA, 1, 1",
        "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==, 1, 1"
    })
    void of_a_webp(String base64, int width, int height) {
        PictureSize size = size(Base64.getDecoder().decode(base64)).orElseThrow();
        assertEquals(width, size.width());
        assertEquals(height, size.height());
    }

    @Test
    void of_a_webp_with_a_canvas() {
        byte[] picture = HexFormat.of()
                .parseHex("524946461e000000574542505650385" + "80a00000010000000" + "5fea00" + "5fea00" + "0000");
        PictureSize size = size(picture).orElseThrow();
        assertEquals(60_000, size.width());
        assertEquals(60_000, size.height());
        assertFalse(size.isHarmless());
    }

    private static byte[] box(String name, byte[]... contents) {
        int length = 8 + Arrays.stream(contents).mapToInt(each -> each.length).sum();
        ByteBuffer box = ByteBuffer.allocate(length).putInt(length).put(name.getBytes(StandardCharsets.US_ASCII));
        Arrays.stream(contents).forEach(box::put);
        return box.array();
    }

    private static byte[] numbers(int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
        Arrays.stream(numbers).forEach(bytes::putInt);
        return bytes.array();
    }

    @Test
    void of_an_avif_by_the_largest_of_its_parts() {
        byte[] type = box("ftyp", "avif".getBytes(StandardCharsets.US_ASCII), numbers(0));
        byte[] properties =
                box("iprp", box("ipco", box("ispe", numbers(0, 640, 480)), box("ispe", numbers(0, 60_000, 60_000))));
        byte[] meta = box("meta", numbers(0), box("hdlr", numbers(0)), properties);
        byte[] picture = Arrays.copyOf(type, type.length + meta.length);
        System.arraycopy(meta, 0, picture, type.length, meta.length);
        PictureSize size = size(picture).orElseThrow();
        assertEquals(60_000, size.width());
        assertFalse(size.isHarmless());
    }

    @Test
    void of_a_moving_picture_by_all_its_frames() throws IOException {
        byte[] gif = written("gif");
        // The one frame, as often as it takes; its screen stays small.
        int frame = 13 + (3 << (gif[10] & 7) + 1);
        byte[] one = Arrays.copyOfRange(gif, frame, gif.length - 1);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(gif, 0, frame);
        for (int i = 0; i < 3; i++) {
            all.write(one);
        }
        all.write(0x3B);
        assertEquals(3 * 37 * 21, size(all.toByteArray()).orElseThrow().pixels());
    }

    @ParameterizedTest
    @EnumSource
    void whatever_follows_a_beginning_is_read_to_no_harm(PictureKind kind) throws IOException {
        Random random = new Random(7);
        byte[] sample = switch (kind) {
            case PNG -> written("png");
            case JPEG -> written("jpg");
            case GIF -> written("gif");
            case BMP -> written("bmp");
            case WEBP, AVIF, ICO -> new byte[200];
        };
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = Arrays.copyOf(sample, random.nextInt(sample.length + 1));
            for (int j = 0; j < 4 && broken.length > 0; j++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            PictureSize.of(kind, broken).ifPresent(size -> assertTrue(size.width() > 0 && size.height() > 0));
        }
    }
}
