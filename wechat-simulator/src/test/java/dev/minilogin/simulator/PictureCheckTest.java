package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.errcode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.Suggest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** img_sec_check. */
class PictureCheckTest extends ServerApiFixture {

  private static final String BOUNDARY = "----boundary";
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, -1};
  private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 1};
  private static final byte[] GIF = {'G', 'I', 'F', '8', '9', 'a'};

  @Test
  void harmless_pictures_pass() throws IOException {
    for (byte[] picture : new byte[][] {PNG, JPEG, GIF}) {
      assertThat(check("media", picture).body()).isEqualTo("{\"errcode\":0,\"errmsg\":\"ok\"}");
    }
  }

  @Test
  void a_risky_picture_is_an_error_once_arranged() throws IOException {
    wechat.nextMediaVerdict(APP, Suggest.RISKY);
    wechat.nextMediaVerdict(APP, Suggest.REVIEW);

    assertRefused(check("media", PNG), 87014, "risky content");
    assertThat(errcode(check("media", PNG))).isZero();
    assertThat(errcode(check("media", PNG))).isZero();
  }

  @Test
  void it_must_be_a_picture() throws IOException {
    assertRefused(check("media", new byte[] {'%', 'P', 'D', 'F'}), 40005, "invalid file type");
    assertRefused(check("media", new byte[0]), 40005, "invalid file type");
  }

  @Test
  void it_has_a_mebibyte_at_most() throws IOException {
    assertThat(errcode(check("media", Arrays.copyOf(PNG, 1024 * 1024)))).isZero();
    assertRefused(check("media", Arrays.copyOf(PNG, 1024 * 1024 + 1)), 40006, "invalid meida size");
  }

  @Test
  void the_part_must_have_its_name() throws IOException {
    assertRefused(check("file", PNG), 41005, "media data missing");
    assertThat(errcode(send("multipart/form-data", form("media", PNG)))).isEqualTo(41005);
    assertThat(errcode(send("application/json", "{}".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(41005);
  }

  @ParameterizedTest
  @ValueSource(strings = {"multipart/form-data; boundary=x", "multipart/form-data; boundary=\"\""})
  void a_body_that_is_no_form_has_no_part(String type) {
    assertThat(errcode(send(type, new byte[] {0, 1, 2}))).isEqualTo(41005);
  }

  @Test
  void the_wire_log_keeps_no_picture() throws IOException {
    check("media", PNG);

    assertThat(wechat.wireAfter(0).getLast().requestBody().orElseThrow())
        .matches("multipart form, \\d+ bytes");
  }

  private HttpResponse<String> check(String name, byte[] picture) throws IOException {
    return send("multipart/form-data; boundary=" + BOUNDARY, form(name, picture));
  }

  private HttpResponse<String> send(String type, byte[] body) {
    return probe.send(
        probe
            .request(path(Api.IMG_SEC_CHECK, token))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  /** A text part and then the file. */
  private static byte[] form(String name, byte[] file) throws IOException {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.write(
        ("--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nmedia\r\n--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\""
                + name
                + "\"; filename=\"a.png\"\r\nContent-Type: application/octet-stream\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    form.write(file);
    form.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return form.toByteArray();
  }
}
