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
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key ring as a file: lines {@code sealing.1 = …} and {@code pepper.1 = …}, each with 256 bits
 * in base64; {@code #} begins a comment.
 */
public final class KeyRingFile {
  private static final Pattern LINE =
      Pattern.compile("(sealing|pepper)\\.(\\d{1,5})\\s*=\\s*(\\S+)");
  private static final int KEY_BYTES = 32;

  private KeyRingFile() {}

  /**
   * Reads a key ring.
   *
   * @throws IllegalArgumentException if the file is missing, can't be read, lacks a purpose or has
   *     a line that is none of a key ring; the message names the file and the line and shows no key
   */
  public static KeyRing read(Path file) {
    NavigableMap<Integer, SecretKey> sealing = new TreeMap<>();
    NavigableMap<Integer, SecretKey> peppers = new TreeMap<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      Matcher key = LINE.matcher(text);
      if (!key.matches()) {
        throw new IllegalArgumentException(
            file + ", line " + number + ": expected 'sealing.N = base64' or 'pepper.N = base64'");
      }
      int keyNumber = Integer.parseInt(key.group(2));
      if (!KeyRing.isNumber(keyNumber)) {
        throw new IllegalArgumentException(
            file + ", line " + number + ": keys are numbered from 1 to 65535");
      }
      boolean seals = key.group(1).equals("sealing");
      SecretKey value = key(key.group(3), seals ? "AES" : "HmacSHA256", file, number);
      if ((seals ? sealing : peppers).put(keyNumber, value) != null) {
        throw new IllegalArgumentException(
            file + ", line " + number + ": this key number stands there twice");
      }
    }
    try {
      return new KeyRing(sealing, peppers);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
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

  private static SecretKey key(String base64, String algorithm, Path file, int line) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      bytes = new byte[0];
    }
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s, line %d: a key is 32 bytes in base64", file, line));
    }
    return new SecretKeySpec(bytes, algorithm);
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
        # The highest number is in use; older ones still read what was written under them.
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
