package dev.minilogin.simulator.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MultipartTest {

  @Test
  void bytes_are_sent_as_they_are() {
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }
    Multipart form = new Multipart();

    byte[] body = form.body(upload("file", "a.png", every, Map.of()));

    String latin1 = new String(body, StandardCharsets.ISO_8859_1);
    assertThat(latin1)
        .contains("\r\n\r\n" + new String(every, StandardCharsets.ISO_8859_1) + "\r\n--");
  }

  @Test
  void texts_come_first_and_names_cannot_break_out_of_their_quotes() {
    Multipart form = new Multipart();
    String boundary = form.contentType().replace("multipart/form-data; boundary=", "");
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("昵称", "张三\r\n🙂");
    texts.put("a\"\r\nb", "");

    byte[] body = form.body(upload("fi\"le", "头像\r\n.png", new byte[] {'x'}, texts));

    assertThat(boundary).matches("[0-9a-f]{32}");
    assertThat(new String(body, StandardCharsets.UTF_8))
        .isEqualTo(
            """
            --B
            Content-Disposition: form-data; name="昵称"

            张三
            🙂
            --B
            Content-Disposition: form-data; name="a%22%0D%0Ab"


            --B
            Content-Disposition: form-data; name="fi%22le"; filename="头像%0D%0A.png"
            Content-Type: image/png

            x
            --B--
            """
                .replace("\n", "\r\n")
                .replace("--B", "--" + boundary));
  }

  private static WxUpload upload(
      String name, String fileName, byte[] content, Map<String, String> formData) {
    return new WxUpload(
        "wx1",
        "release",
        "http://127.0.0.1/",
        Map.of(),
        name,
        fileName,
        "image/png",
        content,
        formData,
        Duration.ofSeconds(1));
  }
}
