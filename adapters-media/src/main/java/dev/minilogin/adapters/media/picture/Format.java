package dev.minilogin.adapters.media.picture;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** The formats that are read. What a file is called, or said to be, doesn't matter. */
enum Format {
  JPEG(JpegFile::isOne, JpegFile::read),
  PNG(PngFile::isOne, PngFile::read),
  WEBP(WebPFile::isOne, WebPFile::read),
  GIF(GifFile::isOne, GifFile::read);

  @FunctionalInterface
  private interface Reader {
    Source read(Bytes upload) throws BrokenPicture;
  }

  private final Predicate<Bytes> beginning;
  private final Reader reader;

  Format(Predicate<Bytes> beginning, Reader reader) {
    this.beginning = beginning;
    this.reader = reader;
  }

  /** The format that an upload begins like. */
  static Optional<Format> of(Bytes upload) {
    return Arrays.stream(values()).filter(format -> format.beginning.test(upload)).findFirst();
  }

  /** Takes an upload of this format apart. */
  Source read(Bytes upload) throws BrokenPicture {
    return reader.read(upload);
  }
}
