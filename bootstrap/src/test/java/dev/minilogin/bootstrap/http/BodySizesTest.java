package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How large what a client sends may be, whether it says so before or not. */
@ExtendWith(Stage.Given.class)
class BodySizesTest {
  private static final int LARGEST_DOCUMENT = 64 * 1024;
  private static final int LARGEST_FILE = 2 * 1024 * 1024;

  private final Stage stage;
  private String token;

  BodySizesTest(Stage stage) {
    this.stage = stage;
  }

  @BeforeEach
  void logIn() {
    token = stage.newLogin().token();
  }

  @Test
  void a_document_may_have_64_kib() {
    stage.client.patchMe(token, document(LARGEST_DOCUMENT)).has(200);
    patchInChunks(LARGEST_DOCUMENT).has(200);
  }

  @Test
  void a_document_may_have_no_more() {
    stage.client.patchMe(token, document(LARGEST_DOCUMENT + 1)).isProblem(413, "payload-too-large");
    patchInChunks(LARGEST_DOCUMENT + 1).isProblem(413, "payload-too-large");
    assertThat(stage.client.me(token).has(200).text("city")).isNull();
  }

  private Answer patchInChunks(int size) {
    byte[] document = document(size).getBytes(StandardCharsets.US_ASCII);
    return stage.client.send(
        stage
            .client
            .as(token, "/v1/me")
            .header("Content-Type", "application/json")
            .method(
                "PATCH",
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(document))));
  }

  private static String document(int size) {
    String document = Client.json("city", "Guangzhou");
    return document + " ".repeat(size - document.length());
  }

  @Test
  void a_file_may_be_much_larger() throws IOException {
    byte[] picture = noise(760);
    assertThat(picture).hasSizeBetween(LARGEST_FILE * 3 / 4, LARGEST_FILE);

    Answer answer =
        stage.client.upload(token, "/v1/me/avatar", "a.png", "image/png", picture).has(200);

    assertThat(answer.text("avatarUrl")).contains("/avatars/");
  }

  @Test
  void a_file_of_two_mebibytes_is_read_and_a_larger_one_is_not() {
    stage
        .client
        .upload(token, "/v1/me/avatar", "a.png", "image/png", new byte[LARGEST_FILE])
        .isProblem(400, "avatar-unreadable");
    stage
        .client
        .upload(token, "/v1/me/avatar", "a.png", "image/png", new byte[LARGEST_FILE + 1])
        .isProblem(413, "payload-too-large");
  }

  /** A picture that no compression makes smaller. */
  private static byte[] noise(int side) throws IOException {
    Random random = new Random(1);
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
