package dev.minilogin.adapters.media.letter;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.ImageIO;

final class Stamp {
  BufferedImage read(InputStream in) throws IOException {
    return ImageIO.read(in);
  }
}
