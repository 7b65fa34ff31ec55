package dev.minilogin.adapters.media.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.avatar.Picture;
import dev.minilogin.domain.avatar.Pictures;
import dev.minilogin.domain.avatar.Pictures.Remake;
import dev.minilogin.domain.testing.PicturesContract;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Binds the contract to the adapter and files as phones and villains make them. */
class ImageIoPicturesTest implements PicturesContract {
  private static final int RED = 0xff0000;
  private static final int GREEN = 0x00ff00;
  private static final int BLUE = 0x0000ff;
  private static final int WHITE = 0xffffff;

  /** What a JPEG may change a level by. */
  private static final int LOSS = 40;

  private final Pictures pictures = new ImageIoPictures();

  @Override
  public Pictures pictures() {
    return pictures;
  }

  @Override
  public byte[] upload(int width, int height) {
    return Uploads.png(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY));
  }

  @Override
  public Size sizeOf(Picture picture) {
    BufferedImage image = Uploads.decode(picture.content());
    return new Size(image.getWidth(), image.getHeight());
  }

  static Stream<Arguments> files() {
    BufferedImage flag = Uploads.flag(40, 20);
    return Stream.of(
        Arguments.of("jpeg", Uploads.jpeg(flag)),
        Arguments.of("progressive jpeg", Uploads.progressiveJpeg(flag)),
        Arguments.of("png", Uploads.png(flag)),
        Arguments.of("interlaced png", Uploads.interlacedPng(flag)),
        Arguments.of("gif", Uploads.gif(flag)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void a_picture_looks_as_before(String name, byte[] upload) {
    assertFlag(remade(upload), 40, 20);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void a_picture_is_remade_from_what_was_made(String name, byte[] upload) {
    assertFlag(remade(made(upload).content()), 40, 20);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void a_file_that_is_cut_off_is_unreadable(String name, byte[] upload) {
    for (int length : new int[] {upload.length / 3, upload.length / 2, upload.length * 4 / 5}) {
      assertThat(pictures.remake(Arrays.copyOf(upload, length)))
          .as("%d of %d bytes", length, upload.length)
          .isInstanceOf(Remake.Unreadable.class);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void a_damaged_file_is_made_or_unreadable(String name, byte[] upload) {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = upload.clone();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      assertThat(pictures.remake(damaged)).isNotInstanceOf(Remake.Busy.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lossless-photo",
        "lossless-alpha",
        "lossless-mixed",
        "lossless-colors16",
        "lossy",
        "lossy-alpha-compressed",
        "lossy-alpha-filtered",
        "animated",
        "animated-lossy"
      })
  void a_damaged_webp_is_made_or_unreadable(String name) {
    a_damaged_file_is_made_or_unreadable(name, Uploads.webP(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossless-photo", "lossy"})
  void a_webp_looks_as_before(String name) {
    BufferedImage image = remade(Uploads.webP(name));
    assertSize(image, 151, 101);
    assertPixel(image, 0, 0, 0x00007f);
    assertPixel(image, 150, 0, 0xfd002d);
    assertPixel(image, 0, 100, 0x00fc7f);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lossless-alpha",
        "lossy-alpha-compressed",
        "lossy-alpha-filtered",
        "lossy-alpha-raw"
      })
  void a_transparent_webp_is_put_on_white(String name) {
    BufferedImage image = remade(Uploads.webP(name));
    assertSize(image, 151, 101);
    assertPixel(image, 0, 50, WHITE);
    assertPixel(image, 150, 0, 0xfd002d);
    // Half of it is green, with a little red, and half of it white.
    assertThat(pixel(image, 64, 100) >> 8 & 0xff).isGreaterThan(230);
    assertThat(pixel(image, 64, 100) >> 16 & 0xff).isBetween(160, 210);
  }

  @ParameterizedTest
  @ValueSource(strings = {"animated", "animated-lossy"})
  void of_an_animated_webp_the_first_frame_is_shown_in_its_place(String name) {
    BufferedImage image = remade(Uploads.webP(name));
    assertSize(image, 70, 30);
    assertPixel(image, 5, 5, WHITE);
    assertPixel(image, 35, 20, RED);
    assertPixel(image, 65, 20, BLUE);
  }

  @Test
  void of_an_animated_gif_the_first_frame_is_shown() {
    byte[] first = Uploads.gif(Uploads.flag(40, 20));
    byte[] second = Uploads.gif(image(40, 20, WHITE));
    byte[] animated =
        Uploads.join(
            Arrays.copyOf(first, first.length - 1),
            Arrays.copyOfRange(second, Uploads.find(second, ",\0\0\0\0"), second.length));
    assertFlag(remade(animated), 40, 20);
  }

  @Test
  void a_gif_frame_is_shown_in_its_place_and_may_not_leave_its_screen() {
    byte[] gif = Uploads.gif(Uploads.flag(40, 20));
    byte[] inPlace = gif.clone();
    inPlace[6] = 60;
    inPlace[8] = 30;
    int frame = Uploads.find(gif, ",\0\0\0\0");
    inPlace[frame + 1] = 20;
    inPlace[frame + 3] = 10;
    BufferedImage image = remade(inPlace);
    assertSize(image, 60, 30);
    assertPixel(image, 10, 5, WHITE);
    assertPixel(image, 25, 13, RED);
    inPlace[frame + 1] = 21;
    assertThat(pictures.remake(inPlace)).isInstanceOf(Remake.Unreadable.class);
  }

  /** By what EXIF says of the first stored row and column, and not by what we make of it. */
  static Stream<Arguments> orientations() {
    return Stream.of(
        Arguments.of(1, "top", "left"),
        Arguments.of(2, "top", "right"),
        Arguments.of(3, "bottom", "right"),
        Arguments.of(4, "bottom", "left"),
        Arguments.of(5, "left", "top"),
        Arguments.of(6, "right", "top"),
        Arguments.of(7, "right", "bottom"),
        Arguments.of(8, "left", "bottom"));
  }

  @ParameterizedTest
  @MethodSource("orientations")
  void a_picture_is_turned_upright(int orientation, String firstRow, String firstColumn) {
    BufferedImage stored = stored(Uploads.flag(60, 20), firstRow, firstColumn);
    byte[] exif = Uploads.exif(orientation);
    assertFlag(remade(Uploads.withSegment(Uploads.jpeg(stored), 0xe1, exif)), 60, 20);
    byte[] tiff = Arrays.copyOfRange(exif, 6, exif.length);
    assertFlag(remade(Uploads.withChunk(Uploads.png(stored), "eXIf", tiff)), 60, 20);
  }

  @Test
  void a_webp_is_turned_upright() {
    BufferedImage image = remade(Uploads.webP("lossy-exif"));
    assertSize(image, 101, 151);
    // The first row is at the right, the first column at the top.
    assertPixel(image, 100, 0, 0x00007f);
    assertPixel(image, 100, 150, 0xfd002d);
    assertPixel(image, 0, 0, 0x00fc7f);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 65535})
  void an_orientation_that_there_is_not_turns_nothing(int orientation) {
    byte[] jpeg = Uploads.jpeg(Uploads.flag(60, 20));
    assertFlag(remade(Uploads.withSegment(jpeg, 0xe1, Uploads.exif(orientation))), 60, 20);
  }

  @Test
  void broken_exif_turns_nothing() {
    byte[] jpeg = Uploads.jpeg(Uploads.flag(60, 20));
    byte[] exif = Uploads.exif(6);
    for (int length = 6; length < 26; length++) {
      byte[] cut = Arrays.copyOf(exif, length);
      assertFlag(remade(Uploads.withSegment(jpeg, 0xe1, cut)), 60, 20);
    }
  }

  static Stream<Arguments> filesWithSecrets() {
    BufferedImage flag = Uploads.flag(40, 20);
    byte[] secret = Uploads.ascii("GPS 39.9042 <script>alert(1)</script>");
    byte[] jpeg = Uploads.jpeg(flag);
    byte[] png = Uploads.png(flag);
    byte[] gif = Uploads.gif(flag);
    byte[] block = Uploads.join(new byte[] {(byte) secret.length}, secret, new byte[1]);
    int frame = Uploads.find(gif, ",\0\0\0\0");
    byte[] comment = Uploads.join(new byte[] {0x21, (byte) 0xfe}, block);
    byte[] text = Uploads.join(Uploads.ascii("Comment\0"), secret);
    return Stream.of(
        Arguments.of("jpeg, EXIF", Uploads.withSegment(jpeg, 0xe1, Uploads.exif(1))),
        Arguments.of("jpeg, comment", Uploads.withSegment(jpeg, 0xfe, secret)),
        Arguments.of("jpeg, APP13", Uploads.withSegment(jpeg, 0xed, secret)),
        Arguments.of("jpeg, behind", Uploads.join(jpeg, secret)),
        Arguments.of("png, tEXt", Uploads.withChunk(png, "tEXt", text)),
        Arguments.of("png, own chunk", Uploads.withChunk(png, "seCr", secret)),
        Arguments.of("png, eXIf", Uploads.withChunk(png, "eXIf", Uploads.exif(1))),
        Arguments.of("png, behind", Uploads.join(png, Uploads.ascii("PK\u0003\u0004"), secret)),
        Arguments.of("gif, comment", Uploads.insert(gif, frame, comment)),
        Arguments.of("gif, behind", Uploads.join(gif, secret)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("filesWithSecrets")
  void nothing_but_pixels_gets_through(String name, byte[] upload) {
    assertThat(new String(upload, StandardCharsets.ISO_8859_1)).contains("GPS");
    byte[] content = made(upload).content();
    assertThat(new String(content, StandardCharsets.ISO_8859_1))
        .doesNotContain("GPS", "Exif", "script", "PK\u0003\u0004");
    assertFlag(Uploads.decode(content), 40, 20);
  }

  /** Its first bytes are a GIF's and a program's: {@code GIF89a=…}. */
  @Test
  void a_gif_that_is_a_script_is_none_any_more() {
    byte[] gif = Uploads.gif(Uploads.flag(40, 20));
    byte[] script = Uploads.join(gif, Uploads.ascii("=1;alert(document.domain)//"));
    Remake remake = pictures.remake(script);
    assertThat(remake)
        .isInstanceOfSatisfying(
            Remake.Made.class,
            made ->
                assertThat(new String(made.picture().content(), StandardCharsets.ISO_8859_1))
                    .doesNotStartWith("GIF")
                    .doesNotContain("alert"));
  }

  static Stream<Arguments> noPictures() {
    byte[] png = Uploads.png(Uploads.flag(4, 4));
    byte[] random = new byte[5000];
    new Random(3).nextBytes(random);
    return Stream.of(
        Arguments.of("empty", new byte[0]),
        Arguments.of("one byte", new byte[] {(byte) 0xff}),
        Arguments.of("text", Uploads.ascii("hello")),
        Arguments.of("svg", Uploads.ascii("<svg xmlns='http://www.w3.org/2000/svg'/>")),
        Arguments.of("html", Uploads.ascii("<!doctype html><script>alert(1)</script>")),
        Arguments.of("svg before a png", Uploads.join(Uploads.ascii("<svg>"), png)),
        Arguments.of("bmp", written("bmp")),
        Arguments.of("wbmp", new byte[] {0, 0, 4, 4, 0, 0, 0, 0}),
        Arguments.of("tiff", written("tiff")),
        Arguments.of("zip", Uploads.ascii("PK\u0003\u0004")),
        Arguments.of("random", random),
        Arguments.of("png signature", Arrays.copyOf(png, 8)),
        Arguments.of("gif script", Uploads.ascii("GIF89a=1;alert(1)")),
        Arguments.of("jpeg of nothing", new byte[] {-1, (byte) 0xd8, -1, (byte) 0xd9}),
        Arguments.of("riff of something else", Uploads.ascii("RIFF\4\0\0\0WAVE")),
        Arguments.of("webp of nothing", Uploads.ascii("RIFF\4\0\0\0WEBP")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("noPictures")
  void what_is_no_picture_is_unreadable(String name, byte[] upload) {
    assertThat(pictures.remake(upload)).isInstanceOf(Remake.Unreadable.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "640, 640, 640, 640",
    "641, 640, 640, 639",
    "1280, 640, 640, 320",
    "4096, 1953, 640, 305",
    "1953, 4096, 305, 640",
    "4096, 1, 640, 1",
    "1, 4096, 1, 640",
    "2500, 1700, 640, 435"
  })
  void a_large_picture_gets_smaller_and_a_small_one_stays(
      int width, int height, int expectedWidth, int expectedHeight) {
    for (byte[] upload :
        new byte[][] {
          Uploads.png(Uploads.flag(width, height)), Uploads.jpeg(Uploads.flag(width, height))
        }) {
      BufferedImage image = remade(upload);
      assertSize(image, expectedWidth, expectedHeight);
      if (expectedWidth > 1 && expectedHeight > 1) {
        assertFlag(image, expectedWidth, expectedHeight);
      }
    }
  }

  @Test
  void as_many_bytes_as_are_allowed_are_read() {
    byte[] png = Uploads.png(Uploads.flag(4, 4));
    byte[] largest = Arrays.copyOf(png, Pictures.LARGEST_UPLOAD);
    assertThat(pictures.remake(largest)).isInstanceOf(Remake.Made.class);
  }

  @Test
  void fine_detail_is_averaged() {
    BufferedImage stripes =
        Uploads.image(
            BufferedImage.TYPE_INT_RGB, 1280, 1280, (x, y) -> x % 2 == 0 ? WHITE : 0x000000);
    assertPixel(remade(Uploads.png(stripes)), 300, 300, 0x808080);
  }

  @Test
  void transparent_pixels_become_white_and_half_of_them_pale() {
    int[] colors = {0x00000000, 0xffff0000, 0x80ff0000, 0x00ff0000};
    BufferedImage image =
        Uploads.image(BufferedImage.TYPE_INT_ARGB, 80, 20, (x, y) -> colors[x / 20]);
    BufferedImage remade = remade(Uploads.png(image));
    assertPixel(remade, 10, 10, WHITE);
    assertPixel(remade, 30, 10, RED);
    assertPixel(remade, 50, 10, 0xff7f7f);
    assertPixel(remade, 70, 10, WHITE);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_BYTE_BINARY,
        BufferedImage.TYPE_BYTE_INDEXED,
        BufferedImage.TYPE_INT_RGB
      })
  void grey_stays_as_light_as_it_is(int type) {
    BufferedImage image = new BufferedImage(30, 10, type);
    WritableRaster raster = image.getRaster();
    int highest = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
    if (image.getColorModel() instanceof IndexColorModel) {
      image = Uploads.image(type, 30, 10, (x, y) -> x < 15 ? 0xff000000 : 0xffffffff);
      assertPixel(remade(Uploads.png(image)), 5, 5, 0x000000);
    } else {
      for (int band = 0; band < raster.getNumBands(); band++) {
        int[] levels = new int[300];
        Arrays.fill(levels, highest / 4);
        raster.setSamples(0, 0, 30, 10, band, levels);
        Arrays.fill(levels, 0, 150, highest);
        raster.setSamples(15, 0, 15, 10, band, levels);
      }
      assertPixel(remade(Uploads.png(image)), 5, 5, 0x3f3f3f);
    }
    assertPixel(remade(Uploads.png(image)), 20, 5, WHITE);
  }

  @Test
  void sixteen_bits_with_transparency_are_read() {
    int[] bands = {65535, 0, 0, 65535, 0, 0, 65535, 65535, 0, 65535, 0, 0};
    BufferedImage image = Uploads.deep(3, 1, bands);
    BufferedImage remade = remade(Uploads.png(image));
    assertPixel(remade, 0, 0, RED);
    assertPixel(remade, 1, 0, BLUE);
    assertPixel(remade, 2, 0, WHITE);
  }

  static Stream<Arguments> inks() {
    return Stream.of(
        Arguments.of("plain", Cmyk.jpeg(Cmyk.Kind.PLAIN)),
        Arguments.of("as Photoshop stores it", Cmyk.jpeg(Cmyk.Kind.ADOBE)),
        Arguments.of("as YCCK", Cmyk.jpeg(Cmyk.Kind.ADOBE_YCCK)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inks")
  void a_jpeg_for_print_is_read(String name, byte[] upload) {
    BufferedImage image = remade(upload);
    assertSize(image, 64, 16);
    assertPixel(image, 8, 8, RED);
    assertPixel(image, 24, 8, WHITE);
    assertPixel(image, 40, 8, 0x000000);
    assertPixel(image, 56, 8, GREEN);
  }

  /** Without JFIF, EXIF or Adobe, the JDK would guess from the sampling. */
  @Test
  void a_jpeg_that_says_nothing_of_its_colours_has_the_usual_ones() {
    byte[] jpeg = Uploads.jpeg(Uploads.flag(40, 20));
    int jfif = Uploads.find(jpeg, "\u00ff\u00e0");
    byte[] silent =
        Uploads.join(Arrays.copyOf(jpeg, jfif), Arrays.copyOfRange(jpeg, jfif + 18, jpeg.length));
    assertFlag(remade(silent), 40, 20);
  }

  @Test
  void a_drawing_loses_nothing_and_a_photograph_gets_a_jpeg() {
    Picture drawing = made(Uploads.png(Uploads.flag(200, 100)));
    assertThat(drawing.mediaType()).isEqualTo("image/png");
    assertThat(pixel(Uploads.decode(drawing.content()), 0, 0)).isEqualTo(RED);
    Random random = new Random(5);
    BufferedImage photograph =
        Uploads.image(BufferedImage.TYPE_INT_RGB, 200, 100, (x, y) -> random.nextInt(1 << 24));
    assertThat(made(Uploads.png(photograph)).mediaType()).isEqualTo("image/jpeg");
  }

  @Test
  void who_finds_no_place_is_told_so_and_costs_nothing() {
    Slots slots = new Slots(1, 0, Duration.ofMinutes(1));
    Pictures busy = new ImageIoPictures(slots);
    byte[] png = Uploads.png(Uploads.flag(4, 4));
    assertThat(slots.use(() -> busy.remake(png))).contains(new Remake.Busy());
    assertThat(slots.use(() -> busy.remake(new byte[10]))).contains(new Remake.Unreadable());
    assertThat(busy.remake(png)).isInstanceOf(Remake.Made.class);
  }

  @Test
  void neither_a_screen_nor_temporary_files_are_used() {
    boolean cached = ImageIO.getUseCache();
    a_picture_looks_as_before("png", Uploads.png(Uploads.flag(40, 20)));
    assertThat(System.getProperty("java.awt.headless")).isEqualTo("true");
    assertThat(ImageIO.getUseCache()).isEqualTo(cached);
  }

  private static byte[] written(String format) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      assertThat(ImageIO.write(Uploads.flag(4, 4), format, file)).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  /** How an upright image is stored if its first row and column are at these sides. */
  private static BufferedImage stored(BufferedImage upright, String firstRow, String firstColumn) {
    int width = upright.getWidth();
    int height = upright.getHeight();
    boolean rowsAreColumns = firstRow.equals("left") || firstRow.equals("right");
    return Uploads.image(
        BufferedImage.TYPE_INT_RGB,
        rowsAreColumns ? height : width,
        rowsAreColumns ? width : height,
        (column, row) -> {
          int fromFirstRow = row;
          int fromFirstColumn = column;
          int x = rowsAreColumns ? fromFirstRow : fromFirstColumn;
          int y = rowsAreColumns ? fromFirstColumn : fromFirstRow;
          String sides = firstRow + firstColumn;
          return upright.getRGB(
              sides.contains("right") ? width - 1 - x : x,
              sides.contains("bottom") ? height - 1 - y : y);
        });
  }

  private BufferedImage remade(byte[] upload) {
    return Uploads.decode(made(upload).content());
  }

  private Picture made(byte[] upload) {
    Remake remake = pictures.remake(upload);
    assertThat(remake).isInstanceOf(Remake.Made.class);
    return ((Remake.Made) remake).picture();
  }

  private static BufferedImage image(int width, int height, int color) {
    return Uploads.image(BufferedImage.TYPE_INT_RGB, width, height, (x, y) -> color);
  }

  private static void assertFlag(BufferedImage image, int width, int height) {
    assertSize(image, width, height);
    assertPixel(image, width / 4, height / 4, RED);
    assertPixel(image, width / 4, height * 3 / 4, GREEN);
    assertPixel(image, width * 3 / 4, height / 4, BLUE);
    assertPixel(image, width * 3 / 4, height * 3 / 4, BLUE);
  }

  private static void assertSize(BufferedImage image, int width, int height) {
    assertThat(image.getWidth()).isEqualTo(width);
    assertThat(image.getHeight()).isEqualTo(height);
  }

  private static int pixel(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & WHITE;
  }

  private static void assertPixel(BufferedImage image, int x, int y, int expected) {
    Color found = new Color(image.getRGB(x, y));
    Color color = new Color(expected);
    String where = "%06x at %d, %d, not %06x".formatted(pixel(image, x, y), x, y, expected);
    assertThat(found.getRed()).as(where).isBetween(color.getRed() - LOSS, color.getRed() + LOSS);
    assertThat(found.getGreen())
        .as(where)
        .isBetween(color.getGreen() - LOSS, color.getGreen() + LOSS);
    assertThat(found.getBlue()).as(where).isBetween(color.getBlue() - LOSS, color.getBlue() + LOSS);
  }
}
