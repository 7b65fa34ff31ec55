package dev.minilogin.adapters.persistence.letter;

import java.io.IOException;
import java.io.InputStream;
import javax.imageio.ImageIO;

final class ReadsStamps {
  boolean isPicture(InputStream in) throws IOException {
    return ImageIO.read(in) != null;
  }
}
