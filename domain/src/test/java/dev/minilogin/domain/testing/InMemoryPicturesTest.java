package dev.minilogin.domain.testing;

import dev.minilogin.domain.avatar.Picture;
import dev.minilogin.domain.avatar.Pictures;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;

class InMemoryPicturesTest implements PicturesContract {
  @Override
  public Pictures pictures() {
    return new InMemoryPictures();
  }

  @Override
  public byte[] upload(int width, int height) {
    return InMemoryPictures.upload(width, height);
  }

  @Override
  public Size sizeOf(Picture picture) {
    try (Scanner numbers =
        new Scanner(new String(picture.content(), StandardCharsets.US_ASCII))
            .useDelimiter("\\D+")) {
      return new Size(numbers.nextInt(), numbers.nextInt());
    }
  }
}
