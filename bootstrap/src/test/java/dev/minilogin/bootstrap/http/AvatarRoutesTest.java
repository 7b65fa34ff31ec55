package dev.minilogin.bootstrap.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploading an avatar, and what is served of it. */
@ExtendWith(Studio.Given.class)
class AvatarRoutesTest {
  private static final String ROUTE = "/v1/me/avatar";
  private static final int LARGEST = 2 * 1024 * 1024;

  private final Studio studio;
  private final String token;

  AvatarRoutesTest(Studio studio) {
    this.studio = studio;
    this.token = studio.newLogin(Studio.APP);
  }

  private Answer upload(byte[] file) {
    return studio.client.upload(token, ROUTE, "me.jpg", "image/jpeg", file);
  }

  /** The picture that is served once an upload was accepted. */
  private Answer served(byte[] file) {
    String url = upload(file).has(200).text("avatarUrl");
    assertThat(url).matches("http://localhost:\\d+/avatars/[A-Za-z0-9]{32}");
    assertThat(studio.client.me(token).text("avatarUrl")).isEqualTo(url);
    return studio.client.get(url.substring(url.indexOf("/avatars/"))).has(200);
  }

  static Stream<Arguments> formats() {
    return Stream.of(
        Arguments.of("jpeg", Photos.of("jpeg", 200, 100)),
        Arguments.of("png", Photos.of("png", 200, 100)),
        Arguments.of("gif", Photos.of("gif", 200, 100)),
        Arguments.of("webp", Photos.webP()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("formats")
  void each_format_is_read_and_served_as_one_of_ours(String format, byte[] file) {
    Answer picture = served(file);

    String type = picture.header("Content-Type").orElseThrow();
    assertThat(type).isIn("image/jpeg", "image/png");
    byte[] bytes = picture.bytes();
    boolean isPng = new String(bytes, 0, 4, ISO_8859_1).equals("\u0089PNG");
    boolean isJpeg = bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xd8;
    assertThat(type.equals("image/png") ? isPng : isJpeg).as("%s begins as such", type).isTrue();
    assertThat(Photos.decode(bytes)).isNotNull();
  }

  @Test
  void it_shows_what_was_uploaded() {
    BufferedImage shown = Photos.decode(served(Photos.of("jpeg", 200, 100)).bytes());

    assertThat(shown.getWidth()).isEqualTo(200);
    assertThat(shown.getHeight()).isEqualTo(100);
    assertThat(shown.getRGB(20, 50) >> 16 & 0xff).as("red on the left").isGreaterThan(200);
    assertThat(shown.getRGB(180, 50) & 0xff).as("blue on the right").isGreaterThan(200);
  }

  @Test
  void a_large_picture_is_made_smaller() {
    BufferedImage shown = Photos.decode(served(Photos.of("png", 2000, 1000)).bytes());

    assertThat(shown.getWidth()).isEqualTo(640);
    assertThat(shown.getHeight()).isEqualTo(320);
  }

  @Test
  void what_it_is_called_does_not_matter() {
    Answer answer =
        studio.client.upload(
            token, ROUTE, "../../evil.html", "text/html", Photos.of("png", 20, 20));

    assertThat(answer.has(200).text("avatarUrl")).doesNotContain("evil");
  }

  @Test
  void its_metadata_is_gone() {
    byte[] file = Photos.withExif(Photos.jpeg(), "GPS 39.9042 116.4074");
    assertThat(new String(file, ISO_8859_1)).contains("Exif", "39.9042");

    String served = new String(served(file).bytes(), ISO_8859_1);

    assertThat(served).doesNotContain("Exif", "39.9042");
  }

  @Test
  void what_is_behind_a_picture_is_gone() {
    byte[] picture = Photos.of("gif", 20, 20);
    byte[] hidden = "<script>alert(1)</script>".getBytes(UTF_8);
    byte[] both = Arrays.copyOf(picture, picture.length + hidden.length);
    System.arraycopy(hidden, 0, both, picture.length, hidden.length);

    assertThat(new String(served(both).bytes(), ISO_8859_1)).doesNotContain("script");
  }

  @Test
  void whoever_has_the_address_sees_it_and_it_never_changes() {
    Answer picture = served(Photos.jpeg());

    assertThat(picture.header("Cache-Control"))
        .hasValueSatisfying(
            control -> assertThat(control).contains("public", "max-age=31536000", "immutable"));
    assertThat(picture.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(picture.header("Content-Security-Policy")).contains("default-src 'none'; sandbox");
    assertThat(picture.header("Content-Length")).contains(String.valueOf(picture.bytes().length));
    assertThat(studio.client.get(picture.path()).has(200).bytes()).isEqualTo(picture.bytes());
  }

  @Test
  void a_new_avatar_has_a_new_address() {
    Answer first = served(Photos.jpeg());

    Answer second = served(Photos.jpeg());

    assertThat(second.path()).isNotEqualTo(first.path());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/avatars/00000000000000000000000000000000",
        "/avatars/short",
        "/avatars/0000000000000000000000000000000%2f",
        "/avatars/..%2f..%2fetc%2fpasswd",
        "/avatars/0000000000000000000000000000000'",
        "/avatars/"
      })
  void where_there_is_no_picture_there_is_nothing(String path) {
    studio.client.get(path).isProblem(404, "not-found");
  }

  @Test
  void a_file_may_have_two_mebibytes_and_no_more() {
    byte[] jpeg = Photos.jpeg();
    // Each comes in other pieces.
    for (int i = 0; i < 8; i++) {
      upload(Arrays.copyOf(jpeg, LARGEST - i * 1000)).has(200);
    }

    upload(Arrays.copyOf(jpeg, LARGEST + 1)).isProblem(413, "payload-too-large");
    upload(Arrays.copyOf(jpeg, LARGEST + 60_000)).isProblem(413, "payload-too-large");
  }

  static Stream<Arguments> tooManyPixels() {
    return Stream.of(
        Arguments.of("4097 x 1", Photos.blackPng(4097, 1)),
        Arguments.of("1 x 4097", Photos.blackPng(1, 4097)),
        Arguments.of("4096 x 1954", Photos.blackPng(4096, 1954)),
        Arguments.of("a gif of 65535 x 65535", Photos.gifThatClaimsTheMost()),
        Arguments.of("a jpeg of 65535 x 65535", Photos.jpegThatClaimsTheMost()),
        Arguments.of("a png of 2147483647 x 1", Photos.pngThatClaims(Integer.MAX_VALUE, 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tooManyPixels")
  void a_picture_of_too_many_pixels_is_refused(String what, byte[] file) {
    upload(file).isProblem(413, "payload-too-large");

    assertThat(studio.client.me(token).text("avatarUrl")).isNull();
  }

  @Test
  void a_picture_of_just_so_many_pixels_is_accepted() {
    upload(Photos.blackPng(4096, 1953)).has(200);
  }

  static Stream<Arguments> noPictures() {
    byte[] noise = new byte[5000];
    new Random(1).nextBytes(noise);
    byte[] jpeg = Photos.jpeg();
    byte[] brokenPng = Photos.of("png", 100, 100);
    Arrays.fill(brokenPng, 60, brokenPng.length - 20, (byte) 7);
    return Stream.of(
        Arguments.of("nothing", new byte[0]),
        Arguments.of("noise", noise),
        Arguments.of("text", "I am a picture".getBytes(UTF_8)),
        Arguments.of("html", "<html><img src=x onerror=alert(1)></html>".getBytes(UTF_8)),
        Arguments.of(
            "svg", "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>".getBytes(UTF_8)),
        Arguments.of("bmp", "BM\0\0\0\0\0\0\0\0".getBytes(ISO_8859_1)),
        Arguments.of("the beginning of a jpeg", Arrays.copyOf(jpeg, 20)),
        Arguments.of("the beginning of a webp", Arrays.copyOf(Photos.webP(), 20)),
        Arguments.of("the beginning of a gif", Arrays.copyOf(Photos.of("gif", 9, 9), 13)),
        Arguments.of("a broken png", brokenPng));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("noPictures")
  void what_is_no_picture_is_refused_and_the_old_one_stays(String what, byte[] file) {
    String before = upload(Photos.jpeg()).has(200).text("avatarUrl");

    upload(file).isProblem(400, "avatar-unreadable");

    assertThat(studio.client.me(token).text("avatarUrl")).isEqualTo(before);
  }

  private Answer post(String contentType, String body) {
    return studio.client.send(
        studio
            .client
            .as(token, ROUTE)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(body, ISO_8859_1)));
  }

  private static String part(String disposition, String content) {
    return "--b\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n--b--\r\n"
        .formatted(disposition, content);
  }

  @Test
  void the_file_must_be_in_the_field_that_is_called_so() {
    String jpeg = new String(Photos.jpeg(), ISO_8859_1);
    String type = "multipart/form-data; boundary=b";

    post(type, part("name=\"file\"; filename=\"a\"", jpeg)).has(200);
    post(type, part("name=\"picture\"; filename=\"a\"", jpeg)).isProblem(400, "invalid-request");
    post(type, part("name=\"file\"", "text")).isProblem(400, "invalid-request");
    post(type, "--b--\r\n").isProblem(400, "invalid-request");
  }

  @Test
  void other_fields_beside_the_file_do_no_harm() {
    String jpeg = new String(Photos.jpeg(), ISO_8859_1);
    String field = part("name=\"note\"", "x").replace("--b--\r\n", "");

    post("multipart/form-data; boundary=b", field + part("name=\"file\"; filename=\"a\"", jpeg))
        .has(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "image/jpeg", "application/octet-stream", "text/plain"})
  void a_body_of_another_type_is_refused(String type) {
    post(type, "{}").isProblem(415, "unsupported-media-type");
  }

  @Test
  void it_takes_a_session() {
    studio
        .client
        .upload("junk", ROUTE, "a.jpg", "image/jpeg", Photos.jpeg())
        .isProblem(401, "token-invalid");
    studio
        .client
        .send(
            studio
                .client
                .to(ROUTE)
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(
                    HttpRequest.BodyPublishers.ofString(part("name=\"file\"; filename=\"a\"", ""))))
        .isProblem(401, "token-missing");
    studio.client.get(ROUTE).isProblem(405, "method-not-allowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=b; charset=nothing",
        "multipart/form-data; boundary=b; charset=;"
      })
  void a_form_that_says_nonsense_of_itself_is_refused(String contentType) {
    send(contentType, "Content-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n")
        .isProblem(400, "invalid-request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: image/png; charset=nothing",
        "Content-Type: image/png; charset=",
        "Content-Transfer-Encoding: base64",
        "Content-Length: x"
      })
  void a_part_that_says_nonsense_of_itself_is_refused(String header) {
    Answer answer =
        send(
            "multipart/form-data; boundary=b",
            "Content-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
                + header
                + "\r\n");
    assertThat(answer.status()).isIn(400, 422);
  }

  private Answer send(String contentType, String headersOfThePart) {
    return studio.client.send(
        studio
            .client
            .as(token, ROUTE)
            .header("Content-Type", contentType)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "--b\r\n" + headersOfThePart + "\r\nx\r\n--b--\r\n")));
  }
}
