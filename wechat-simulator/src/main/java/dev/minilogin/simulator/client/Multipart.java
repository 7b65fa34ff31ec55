package dev.minilogin.simulator.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The body of {@code wx.uploadFile}: multipart/form-data, texts first, the file last. */
final class Multipart {

  private final String boundary = UUID.randomUUID().toString().replace("-", "");

  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  /** All of it, so that its length is known before it is sent. */
  byte[] body(WxUpload upload) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    upload
        .formData()
        .forEach(
            (name, value) -> {
              write(body, "--" + boundary + "\r\n" + disposition(name) + "\r\n\r\n");
              write(body, value + "\r\n");
            });
    write(body, "--" + boundary + "\r\n" + disposition(upload.name()));
    write(body, "; filename=\"" + escape(upload.fileName()) + "\"\r\n");
    write(body, "Content-Type: " + escape(upload.contentType()) + "\r\n\r\n");
    body.writeBytes(upload.content());
    write(body, "\r\n--" + boundary + "--\r\n");
    return body.toByteArray();
  }

  private static String disposition(String name) {
    return "Content-Disposition: form-data; name=\"" + escape(name) + "\"";
  }

  /** As browsers do it. */
  private static String escape(String text) {
    return text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static void write(ByteArrayOutputStream body, String text) {
    body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
