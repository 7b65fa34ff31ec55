package dev.minilogin.adapters.media.picture;

import dev.minilogin.domain.avatar.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Makes files of pixels. */
final class Encoder {
  private static final float JPEG_QUALITY = 0.85f;

  /** A picture of more colours is a photograph, which PNG makes large. */
  private static final int COLORS_OF_A_DRAWING = 256;

  private Encoder() {}

  /** A JPEG, or a PNG if that loses nothing and is no larger. */
  static Picture encode(Pixels pixels) throws IOException {
    BufferedImage image =
        new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, pixels.width(), pixels.height(), pixels.rgb(), 0, pixels.width());
    byte[] jpeg = write(image, "jpeg");
    if (isDrawing(pixels)) {
      byte[] png = write(image, "png");
      if (png.length <= jpeg.length) {
        return new Picture("image/png", png);
      }
    }
    return new Picture("image/jpeg", jpeg);
  }

  private static boolean isDrawing(Pixels pixels) {
    Set<Integer> colors = new HashSet<>();
    int last = -1;
    for (int color : pixels.rgb()) {
      if (color != last && colors.add(color) && colors.size() > COLORS_OF_A_DRAWING) {
        return false;
      }
      last = color;
    }
    return true;
  }

  private static byte[] write(BufferedImage image, String format) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(file)) {
      writer.setOutput(output);
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (format.equals("jpeg")) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(JPEG_QUALITY);
      }
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }
}
