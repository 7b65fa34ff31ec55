package dev.minilogin.simulator.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A multipart/form-data body, of which only single parts are wanted. */
final class WeChatMultipart {

  private static final Pattern BOUNDARY =
      Pattern.compile(
          "multipart/form-data\\s*;.*?boundary=\"?([^\";,\\s]+)\"?.*", Pattern.CASE_INSENSITIVE);
  private static final String END_OF_HEAD = "\r\n\r\n";

  private WeChatMultipart() {}

  /** The content of the first part with that name; empty without one or if the body is no form. */
  static Optional<byte[]> part(String contentType, byte[] body, String name) {
    Matcher type = BOUNDARY.matcher(contentType);
    if (!type.matches()) {
      return Optional.empty();
    }
    // Latin-1 maps every byte to one character and back.
    String text = "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
    String delimiter = "\r\n--" + type.group(1);
    Pattern named =
        Pattern.compile(
            "^content-disposition:.*[;\\s]name=\"?" + Pattern.quote(name) + "\"?(;|\\s*$)",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    int start = text.indexOf(delimiter);
    while (start >= 0) {
      int end = text.indexOf(delimiter, start + delimiter.length());
      int head = text.indexOf(END_OF_HEAD, start);
      if (end < 0 || head < 0 || head > end) {
        return Optional.empty();
      }
      if (named.matcher(text.substring(start + delimiter.length(), head)).find()) {
        return Optional.of(
            text.substring(head + END_OF_HEAD.length(), Math.max(end, head + END_OF_HEAD.length()))
                .getBytes(StandardCharsets.ISO_8859_1));
      }
      start = end;
    }
    return Optional.empty();
  }
}
