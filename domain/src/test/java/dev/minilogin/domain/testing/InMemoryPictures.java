package dev.minilogin.domain.testing;

import dev.minilogin.domain.avatar.Picture;
import dev.minilogin.domain.avatar.Pictures;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pictures that are nothing but their size, in a format of their own. */
public final class InMemoryPictures implements Pictures {
  private static final Pattern FORM = Pattern.compile("picture of (\\d{1,5}) by (\\d{1,5})\n.*");

  /** An upload of that size in pixels. */
  public static byte[] upload(int width, int height) {
    return "picture of %d by %d\n".formatted(width, height).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public Remake remake(byte[] upload) {
    if (upload.length > LARGEST_UPLOAD) {
      return new Remake.TooLarge();
    }
    Matcher picture = FORM.matcher(new String(upload, StandardCharsets.US_ASCII));
    if (!picture.matches()) {
      return new Remake.Unreadable();
    }
    int width = Integer.parseInt(picture.group(1));
    int height = Integer.parseInt(picture.group(2));
    int longest = Math.max(width, height);
    if (longest > LONGEST_SIDE || width * height > MOST_PIXELS) {
      return new Remake.TooLarge();
    }
    int side = Math.min(longest, SIDE);
    return new Remake.Made(
        new Picture(
            "image/png",
            upload(Math.max(1, width * side / longest), Math.max(1, height * side / longest))));
  }
}
