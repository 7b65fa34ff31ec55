package dev.minilogin.adapters.persistence.sealing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key ring as a file: lines {@code sealing.1 = …} and {@code pepper.1 = …}, each with 256 bits
 * in base64, and, where the highest number is not yet in use, {@code sealing.use = 1} and {@code
 * pepper.use = 1}; {@code #} begins a comment.
 */
public final class KeyRingFile {
  private static final Pattern LINE =
      Pattern.compile("(sealing|pepper)\\.(\\d{1,5})\\s*=\\s*(\\S+)");
  private static final Pattern USE_LINE =
      Pattern.compile("(sealing|pepper)\\.use\\s*=\\s*(\\d{1,5})");
  private static final int KEY_BYTES = 32;

  private KeyRingFile() {}

  /**
   * Reads a key ring.
   *
   * @throws IllegalArgumentException if the file is missing, can't be read, lacks a purpose or has
   *     a line that is none of a key ring; the message names the file and the line and shows no key
   */
  public static KeyRing read(Path file) {
    Draft draft = new Draft(file);
    int number = 0;
    for (String line : lines(file)) {
      number++;
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        draft.add(text, number);
      }
    }
    return draft.toKeyRing();
  }

  /** What was read so far. */
  private static final class Draft {
    private final Path file;
    private final NavigableMap<Integer, SecretKey> sealing = new TreeMap<>();
    private final NavigableMap<Integer, SecretKey> peppers = new TreeMap<>();
    private final Map<String, Integer> inUse = new HashMap<>();

    Draft(Path file) {
      this.file = file;
    }

    void add(String text, int line) {
      Matcher use = USE_LINE.matcher(text);
      Matcher key = LINE.matcher(text);
      if (use.matches()) {
        if (inUse.put(use.group(1), Integer.valueOf(use.group(2))) != null) {
          throw wrong(line, "what is in use stands there twice");
        }
      } else if (key.matches()) {
        addKey(key, line);
      } else {
        throw wrong(
            line,
            "expected 'sealing.N = base64', 'pepper.N = base64', 'sealing.use = N' or"
                + " 'pepper.use = N'");
      }
    }

    private void addKey(Matcher key, int line) {
      int number = Integer.parseInt(key.group(2));
      if (!KeyRing.isNumber(number)) {
        throw wrong(line, "keys are numbered from 1 to 65535");
      }
      boolean seals = key.group(1).equals("sealing");
      byte[] bytes = bytes(key.group(3));
      if (bytes.length != KEY_BYTES) {
        throw wrong(line, "a key is 32 bytes in base64");
      }
      SecretKey value = new SecretKeySpec(bytes, seals ? "AES" : "HmacSHA256");
      if ((seals ? sealing : peppers).put(number, value) != null) {
        throw wrong(line, "this key number stands there twice");
      }
    }

    KeyRing toKeyRing() {
      try {
        return new KeyRing(sealing, peppers, inUse("sealing"), inUse("pepper"));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
      }
    }

    private OptionalInt inUse(String purpose) {
      Integer number = inUse.get(purpose);
      return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private IllegalArgumentException wrong(int line, String what) {
      return new IllegalArgumentException(
          String.format(Locale.ROOT, "%s, line %d: %s", file, line, what));
    }
  }

  private static Iterable<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "there is no key ring " + file + "; MINI_LOGIN_KEYS_CREATE=true makes a new one", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the key ring " + file + " (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  /** Empty if it is no base64. */
  private static byte[] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /**
   * Makes a new key ring, readable and writable by its owner only. A file that is there already is
   * left alone.
   *
   * @throws UncheckedIOException if it can't be written
   */
  public static void createIfMissing(Path file, SecureRandom random) {
    String content =
        """
        # The keys of one Mini Login installation. Keep them secret, and keep a copy in a safe place:
        # without them, AppSecrets, session_keys and phone numbers in the database can't be read and
        # all sessions end.
        # The highest number is in use, unless a line sealing.use = N or pepper.use = N names another;
        # the others still read what was written under them. docs/keys.md tells how to change keys.
        sealing.1 = %s
        pepper.1 = %s
        """
            .formatted(newKey(random), newKey(random));
    try {
      if (Files.exists(file)) {
        return;
      }
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      // Written aside and then linked into place: nobody ever reads half a file.
      Path draft = Files.createTempFile(folder, "keys", ".new", ownerOnly());
      try {
        Files.writeString(
            draft, content, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.SYNC);
        Files.createLink(file, draft);
      } catch (FileAlreadyExistsException e) {
        // Another instance was first: its keys count.
      } finally {
        Files.delete(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the key ring " + file, e);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static String newKey(SecureRandom random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }
}
