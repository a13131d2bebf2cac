package com.electroisla.picture;

import static com.electroisla.picture.SamplePictures.fresh;
import static com.electroisla.picture.SamplePictures.joined;
import static com.electroisla.picture.SamplePictures.photo;
import static com.electroisla.picture.SamplePictures.pngOf;
import static com.electroisla.picture.SamplePictures.progressive;
import static com.electroisla.picture.SamplePictures.quarters;
import static com.electroisla.picture.SamplePictures.written;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A file that somebody sends as a picture becomes one of ours, or is refused. */
class MakePictureTest {
    private static Making make(byte[] bytes) {
        return MakePicture.of(() -> bytes);
    }

    private static MadePicture made(byte[] bytes) {
        return assertInstanceOf(Making.Made.class, make(bytes)).picture();
    }

    private static BufferedImage seen(MadePicture.Copy copy) {
        try {
            return ImageIO.read(new ByteArrayInputStream(copy.bytes()));
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private static BufferedImage whole(MadePicture picture) {
        return seen(picture.copies().getLast());
    }

    private static List<String> sizes(MadePicture picture) {
        return picture.copies().stream()
                .map(copy -> {
                    BufferedImage seen = seen(copy);
                    String size = seen.getWidth() + "x" + seen.getHeight();
                    assertEquals("productos/" + picture.name().mark() + "-" + size + ".jpg", copy.path());
                    return size;
                })
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "png, 2000, 1000, 320x160 640x320 1280x640",
        "jpg, 960, 1280, 240x320 480x640 960x1280",
        "jpg, 700, 700, 320x320 640x640 700x700",
        "gif, 100, 50, 100x50",
        "png, 1, 3000, 1x320 1x640 1x1280"
    })
    void a_picture_has_copies_of_a_few_sizes_and_none_that_is_larger_than_itself(
            String format, int width, int height, String sizes) {
        assertEquals(List.of(sizes.split(" ")), sizes(made(fresh(format, width, height))));
    }

    /** The colours above at the left and at the right, as whoever took the photo saw them. */
    @ParameterizedTest
    @CsvSource({
        "1, red, green, 40x20",
        "2, green, red, 40x20",
        "3, black, blue, 40x20",
        "4, blue, black, 40x20",
        "5, red, blue, 20x40",
        "6, blue, red, 20x40",
        "7, black, green, 20x40",
        "8, green, black, 20x40",
        "9, red, green, 40x20"
    })
    void a_photo_is_turned_upright_and_keeps_nothing_that_the_camera_wrote_into_it(
            int orientation, String left, String right, String size) {
        byte[] photo = photo(quarters(40, 20), orientation);
        MadePicture picture = made(photo);
        assertEquals(List.of(size), sizes(picture));
        BufferedImage seen = whole(picture);
        assertEquals(left, colour(seen.getRGB(3, 3)));
        assertEquals(right, colour(seen.getRGB(seen.getWidth() - 4, 3)));
        assertFalse(text(photo).replace("19.45N", "").equals(text(photo)), "the photo says where it was taken");
        for (String word : List.of("19.45N", "Exif", "secreto")) {
            assertFalse(text(picture.copies().getFirst().bytes()).contains(word), word);
        }
    }

    private static String colour(int rgb) {
        Color seen = new Color(rgb);
        return seen.getRed() > 150 && seen.getGreen() < 100
                ? "red"
                : seen.getGreen() > 150 ? "green" : seen.getBlue() > 150 ? "blue" : "black";
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void the_same_picture_has_the_same_name_and_another_has_another() {
        byte[] one = fresh("png", 400, 300);
        assertEquals(made(one).name(), made(joined(one, new byte[100])).name());
        assertNotEquals(made(one).name(), made(fresh("png", 400, 300)).name());
    }

    @Test
    void transparent_parts_become_white() {
        BufferedImage clear = new BufferedImage(10, 10, BufferedImage.TYPE_INT_ARGB);
        assertEquals(Color.WHITE, new Color(whole(made(written(clear, "png"))).getRGB(5, 5)));
    }

    @Test
    void a_webp_is_read_with_loss_and_without() {
        assertEquals(List.of("1x1"), sizes(made(SamplePictures.webp())));
        assertEquals(List.of("1x1"), sizes(made(SamplePictures.losslessWebp())));
    }

    /** As programs for printers write them; the JDK's own reader does not read it. */
    @Test
    void a_jpeg_in_the_four_colours_of_a_printer_is_read() throws IOException {
        var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, null, null), null);
        }
        assertEquals(List.of("16x16"), sizes(made(bytes.toByteArray())));
    }

    @Test
    void a_photo_of_forty_million_dots_is_made_small() {
        BufferedImage huge = new BufferedImage(7_300, 5_500, BufferedImage.TYPE_BYTE_GRAY);
        assertEquals(List.of("320x241", "640x482", "1280x964"), sizes(made(written(huge, "jpg"))));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static Stream<Arguments> disguises() {
        return Stream.of(
                Arguments.of("nothing", new byte[0]),
                Arguments.of("a drawing with a script", ascii("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'>")),
                Arguments.of("a page", ascii("<!DOCTYPE html><script>alert(1)</script>")),
                Arguments.of("a script that begins like a GIF", ascii("GIF89a/*\0\0*/=1;alert(1)//")),
                Arguments.of("a program", ascii("MZ\u0090\0\u0003")),
                Arguments.of("a text", ascii("hola")),
                Arguments.of("half a header", Arrays.copyOf(fresh("png", 8, 6), 12)),
                Arguments.of("a PNG cut short", cut(fresh("png", 300, 300))),
                Arguments.of("a JPEG cut short", cut(fresh("jpg", 300, 300))),
                Arguments.of("a progressive JPEG cut short", cut(progressive(quarters(300, 300)))),
                Arguments.of("a GIF cut short", cut(fresh("gif", 300, 300))),
                Arguments.of("a WebP cut short", cut(SamplePictures.webp())),
                Arguments.of("a header of a GIF without frames", Arrays.copyOf(fresh("gif", 8, 6), 13)),
                Arguments.of("a kind that is not read", fresh("bmp", 8, 6)),
                Arguments.of("an icon", new byte[] {0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0, 0, 0, 0, 0}),
                Arguments.of("a picture whose contents are none", pngOf(10_000, 5_000)));
    }

    private static byte[] cut(byte[] whole) {
        return Arrays.copyOf(whole, whole.length * 3 / 4);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("disguises")
    void a_file_in_a_pictures_clothes_is_none(String what, byte[] bytes) {
        assertEquals(new Making.NoPicture(), make(bytes), what);
    }

    @Test
    void of_a_picture_with_a_script_behind_it_the_picture_is_kept() {
        for (String format : List.of("png", "jpg", "gif")) {
            MadePicture picture =
                    made(joined(fresh(format, 50, 50), ascii("<ScRiPt>alert(1)</script><?php system('id');")));
            picture.copies().forEach(copy -> assertFalse(text(copy.bytes()).contains("alert(1)"), format));
        }
    }

    @Test
    void a_picture_of_too_many_dots_is_refused_by_its_header() {
        for (byte[] bomb : List.of(pngOf(50_000, 50_000), pngOf(16_385, 1), pngOf(10_000, 5_001))) {
            assertEquals(new Making.TooManyPixels(), make(bomb));
        }
    }

    /** Each unpacks to a thousand times its size, and the JDK keeps all of them for a picture with a palette. */
    @Test
    void packed_texts_in_a_picture_are_not_unpacked() {
        byte[] plain = written(new BufferedImage(30, 20, BufferedImage.TYPE_BYTE_INDEXED), "png");
        Deflater deflater = new Deflater();
        deflater.setInput(new byte[250_000]);
        deflater.finish();
        byte[] packed = new byte[1_000];
        int length = deflater.deflate(packed);
        deflater.end();
        ByteBuffer text = ByteBuffer.allocate(12 + 3 + length);
        text.putInt(3 + length).put(ascii("zTXta\0\0")).put(packed, 0, length).putInt(0);
        int header = 33;
        byte[] behind = Arrays.copyOfRange(plain, header, plain.length);
        byte[] bomb = joined(Arrays.copyOf(plain, header), text.array(), behind);
        assertArrayEquals(plain, Darkroom.withoutTexts(bomb));
        assertEquals(made(plain).name(), made(bomb).name());
    }

    @Test
    void five_megabytes_are_taken_and_one_byte_more_is_not() {
        byte[] five = Arrays.copyOf(fresh("png", 50, 50), MakePicture.LARGEST_BYTES);
        assertInstanceOf(Making.Made.class, make(five));
        assertEquals(new Making.TooLarge(), make(Arrays.copyOf(five, five.length + 1)));
    }
}
