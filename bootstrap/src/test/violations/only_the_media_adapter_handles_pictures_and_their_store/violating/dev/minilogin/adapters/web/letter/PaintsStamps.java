package dev.minilogin.adapters.web.letter;

import java.awt.image.BufferedImage;

final class PaintsStamps {
  private BufferedImage stamp;
}
