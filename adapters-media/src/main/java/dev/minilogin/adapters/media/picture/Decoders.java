package dev.minilogin.adapters.media.picture;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The decoders of {@code javax.imageio} that we use, and no others that may be installed. */
final class Decoders {
  private static final ImageReaderSpi JPEG = ofTheJdk("jpeg");
  private static final ImageReaderSpi PNG = ofTheJdk("png");
  private static final ImageReaderSpi GIF = ofTheJdk("gif");

  /** Reads the lossy kind only, see {@link Vp8l}. */
  private static final ImageReaderSpi WEBP = new WebPImageReaderSpi();

  private Decoders() {}

  static BufferedImage jpeg(byte[] file, int step) throws IOException {
    return read(JPEG, file, step, ImageReader::read);
  }

  /** The samples as they are stored, for JPEGs of colours that the decoder can't convert. */
  static Raster jpegSamples(byte[] file, int step) throws IOException {
    return read(JPEG, file, step, ImageReader::readRaster);
  }

  static BufferedImage png(byte[] file, int step) throws IOException {
    return read(PNG, file, step, ImageReader::read);
  }

  static BufferedImage gif(byte[] file, int step) throws IOException {
    return read(GIF, file, step, ImageReader::read);
  }

  static BufferedImage lossyWebP(byte[] file, int step) throws IOException {
    return read(WEBP, file, step, ImageReader::read);
  }

  @FunctionalInterface
  private interface Read<T> {
    T read(ImageReader reader, int index, ImageReadParam param) throws IOException;
  }

  private static <T> T read(ImageReaderSpi provider, byte[] file, int step, Read<T> read)
      throws IOException {
    ImageReader reader = provider.createReaderInstance();
    try (MemoryCacheImageInputStream input =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(input, true, true);
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceSubsampling(step, step, 0, 0);
      return read.read(reader, 0, param);
    } catch (IIOException e) {
      throwIfOutOfMemory(e);
      throw e;
    } finally {
      reader.dispose();
    }
  }

  /** The JDK's decoders wrap it, and so would make a broken picture of it. */
  private static void throwIfOutOfMemory(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError error) {
        throw error;
      }
    }
  }

  private static ImageReaderSpi ofTheJdk(String format) {
    Iterator<ImageReaderSpi> providers =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(
                ImageReaderSpi.class,
                provider ->
                    provider.getClass().getModule() == ImageIO.class.getModule()
                        && ((ImageReaderSpi) provider).getFormatNames()[0].equalsIgnoreCase(format),
                false);
    if (!providers.hasNext()) {
      throw new IllegalStateException("this JDK reads no " + format);
    }
    return providers.next();
  }
}
