package dev.minilogin.adapters.media.picture;

import dev.minilogin.domain.avatar.Pictures;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remakes pictures with {@code javax.imageio}.
 *
 * <p>Every allowed picture is decoded in some 60 MiB, so how many are decoded at once depends on
 * the heap, too. Neither temporary files nor a screen are used.
 */
@Singleton
final class ImageIoPictures implements Pictures {
  private static final Logger LOG = LoggerFactory.getLogger(ImageIoPictures.class);
  private static final int WAITING = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long HEAP_OF_ONE = 192L * 1024 * 1024;

  static {
    // Before the first class of AWT is loaded: without a screen, they do without its libraries.
    System.setProperty("java.awt.headless", "true");
  }

  private final Slots slots;

  @Inject
  ImageIoPictures() {
    this(new Slots(atOnce(Runtime.getRuntime()), WAITING, PATIENCE));
  }

  ImageIoPictures(Slots slots) {
    this.slots = slots;
  }

  private static int atOnce(Runtime machine) {
    long byHeap = machine.maxMemory() / HEAP_OF_ONE;
    return (int) Math.max(1, Math.min(machine.availableProcessors() / 2, byHeap));
  }

  @Override
  public Remake remake(byte[] upload) {
    if (upload.length > LARGEST_UPLOAD) {
      return new Remake.TooLarge();
    }
    Optional<Format> format = Format.of(new Bytes(upload));
    if (format.isEmpty()) {
      return new Remake.Unreadable();
    }
    try {
      // Before waiting for a slot: what is refused by its header must not keep others waiting.
      Source source = format.get().read(new Bytes(upload));
      if (!source.frame().fits(LONGEST_SIDE, MOST_PIXELS)) {
        return new Remake.TooLarge();
      }
      if (!source.frame().isSound()) {
        return new Remake.Unreadable();
      }
      return slots.use(() -> remake(source)).orElseGet(Remake.Busy::new);
    } catch (IOException | RuntimeException e) {
      return unreadable(e);
    }
  }

  private static Remake remake(Source source) {
    try {
      return new Remake.Made(Encoder.encode(decode(source)));
    } catch (IOException | RuntimeException e) {
      return unreadable(e);
    }
  }

  /** Decoders meet what they don't expect as an index, a state, an argument, or nothing at all. */
  private static Remake unreadable(Exception e) {
    LOG.debug("a picture can't be read: {}", e.getClass().getName());
    return new Remake.Unreadable();
  }

  private static Pixels decode(Source source) throws IOException {
    Frame frame = source.frame();
    int longest = Math.max(frame.canvasWidth(), frame.canvasHeight());
    int step = Math.max(1, longest / (2 * SIDE));
    Rows rows = source.decoder().decode(step);
    return source.orientation().upright(Scaler.scale(frame, rows, SIDE));
  }
}
