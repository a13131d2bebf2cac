package com.electroisla.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.catalog.PictureKind;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
    @CsvSource({"png", "jpg", "gif"})
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
                .parseHex("5249464618000000574542505650385" + "80a00000010000000" + "5fea00" + "5fea00" + "0000");
        PictureSize size = size(picture).orElseThrow();
        assertEquals(60_000, size.width());
        assertEquals(60_000, size.height());
        assertFalse(size.isHarmless());
    }

    /** A small canvas, and for it a frame of 16,383 dots a side. */
    @Test
    void of_a_webp_by_the_largest_of_its_parts() {
        byte[] picture = HexFormat.of()
                .parseHex("5249464630000000574542505650385" + "80a0000000000000009000009000056503820"
                        + "0a0000000000009d012aff3fff3f0000000000000000");
        PictureSize size = size(picture).orElseThrow();
        assertEquals(16_383, size.width());
        assertFalse(size.isHarmless());
    }

    @Test
    void a_moving_gif_has_the_size_of_its_largest_frame() throws IOException {
        byte[] gif = written("gif");
        int frame = 13 + (3 << (gif[10] & 7) + 1);
        ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN).putShort(frame + 5, (short) 60_000);
        assertEquals(60_000, size(gif).orElseThrow().width());
    }

    @Test
    void a_jpeg_in_many_passes_counts_twice_and_one_in_very_many_is_none() {
        byte[] jpeg = SamplePictures.progressive(new BufferedImage(5_100, 5_000, BufferedImage.TYPE_BYTE_GRAY));
        assertFalse(size(jpeg).orElseThrow().isHarmless());
        byte[] photo = SamplePictures.progressive(SamplePictures.quarters(300, 200));
        assertTrue(size(photo).orElseThrow().isHarmless());
        byte[] end = Arrays.copyOfRange(photo, photo.length - 2, photo.length);
        byte[] passes = HexFormat.of().parseHex("ffda0000".repeat(33));
        assertEquals(
                Optional.empty(), size(SamplePictures.joined(Arrays.copyOf(photo, photo.length - 2), passes, end)));
    }

    /** The decoder jumps over a comment, whatever is in it. */
    @Test
    void the_passes_behind_a_comment_that_holds_an_end_are_counted_too() {
        byte[] photo = SamplePictures.progressive(SamplePictures.quarters(300, 200));
        byte[] passes = HexFormat.of().parseHex("fffe0004ffd9" + "ffda0000".repeat(33) + "ffd9");
        assertEquals(Optional.empty(), size(SamplePictures.joined(Arrays.copyOf(photo, photo.length - 2), passes)));
    }

    @Test
    void a_jpeg_without_loss_is_none_that_is_read() throws IOException {
        byte[] jpeg = written("jpg");
        int at = 2;
        while ((jpeg[at + 1] & 0xFF) != 0xC0) {
            at += 2 + (ByteBuffer.wrap(jpeg).getShort(at + 2) & 0xFFFF);
        }
        jpeg[at + 1] = (byte) 0xC3;
        assertEquals(Optional.empty(), size(jpeg));
    }

    @Test
    void frames_of_a_webp_within_frames_are_none() {
        int frames = 100_000;
        ByteBuffer webp = ByteBuffer.allocate(12 + 24 * frames).order(ByteOrder.LITTLE_ENDIAN);
        webp.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(webp.capacity() - 8);
        webp.put("WEBP".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < frames; i++) {
            int inside = webp.remaining() - 8;
            webp.put("ANMF".getBytes(StandardCharsets.US_ASCII)).putInt(inside).put(new byte[16]);
        }
        assertEquals(Optional.empty(), size(webp.array()));
    }

    @ParameterizedTest
    @EnumSource
    void whatever_follows_a_beginning_is_read_to_no_harm(PictureKind kind) throws IOException {
        Random random = new Random(7);
        byte[] sample = switch (kind) {
            case PNG -> written("png");
            case JPEG -> written("jpg");
            case GIF -> written("gif");
            case WEBP -> SamplePictures.webp();
            case BMP, AVIF, ICO -> new byte[200];
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
