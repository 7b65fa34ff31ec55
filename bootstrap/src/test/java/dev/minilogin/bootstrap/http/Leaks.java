package dev.minilogin.bootstrap.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds secrets in texts: those that were noted, in all their forms, and what looks like one. */
final class Leaks {
  private static final String BASE64_DIGIT = "[A-Za-z0-9+/_-]";

  /**
   * What no test needs to note. An openid and a unionid have 28 characters and begin with {@code
   * o}; names of classes, paths and properties can look the same, hence there must be a digit, and
   * no name before or after. A session_key is base64 of 16 bytes.
   */
  private static final Map<String, Pattern> KINDS =
      Map.of(
          "session token", Pattern.compile("mls1_[0-9A-Za-z]{49}"),
          "phone number", Pattern.compile("(?<![0-9A-Za-z])(?:\\+?86)?1[3-9]\\d{9}(?![0-9A-Za-z])"),
          "openid or unionid",
              Pattern.compile(
                  "(?<![\\w/$-])(?<!\\w\\.)o(?=[\\w-]{0,26}\\d)[\\w-]{27}(?![\\w/$-]|\\.\\w)"),
          "session_key",
              Pattern.compile(
                  "(?<!" + BASE64_DIGIT + ")" + BASE64_DIGIT + "{22}==(?!" + BASE64_DIGIT + "|=)"),
          "access_token", Pattern.compile("(?<![\\w-])\\d{2}_[\\w-]{133}(?![\\w-])"));

  /** Forms of noted secrets by how they begin. */
  private final Map<String, Set<String>> forms = new ConcurrentHashMap<>();

  /** From now on a secret is found in all its forms. */
  void note(String secret) {
    formsOf(secret)
        .filter(form -> form.length() >= Secrets.SHORTEST)
        .forEach(
            form ->
                forms
                    .computeIfAbsent(start(form, 0), _ -> ConcurrentHashMap.newKeySet())
                    .add(form));
  }

  private static Stream<String> formsOf(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    Set<String> all = new HashSet<>();
    all.add(secret);
    all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
    all.add(HexFormat.of().formatHex(bytes));
    for (int before = 0; before < 3; before++) {
      all.add(inBase64(bytes, before));
    }
    decoded(secret).ifPresent(key -> all.add(HexFormat.of().formatHex(key)));
    return all.stream()
        .flatMap(form -> Stream.of(form, form.replace('+', '-').replace('/', '_')))
        .flatMap(
            form ->
                form.matches("[0-9a-f]+") ? Stream.of(form, form.toUpperCase()) : Stream.of(form));
  }

  /** What of base64 doesn't depend on the bytes before and after, of which there are so many. */
  private static String inBase64(byte[] bytes, int before) {
    byte[] shifted = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, shifted, before, bytes.length);
    String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    return text.substring((before * 8 + 5) / 6, shifted.length * 8 / 6);
  }

  /** The bytes of a key that is kept in base64. */
  private static Optional<byte[]> decoded(String secret) {
    boolean isKey = secret.matches("[A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{43}=?");
    return isKey ? Optional.of(Base64.getDecoder().decode(secret)) : Optional.empty();
  }

  /** What of a text gives away a secret that was noted. */
  Set<String> noted(String text) {
    Set<String> found = new HashSet<>();
    for (int i = 0; i + Secrets.SHORTEST <= text.length(); i++) {
      for (String form : forms.getOrDefault(start(text, i), Set.of())) {
        if (text.startsWith(form, i)) {
          found.add(form);
        }
      }
    }
    return found;
  }

  /** What of a text looks like a secret, with its kind. */
  static Map<String, String> lookalikes(String text) {
    Map<String, String> found = new HashMap<>();
    KINDS.forEach(
        (kind, pattern) -> {
          Matcher matcher = pattern.matcher(text);
          while (matcher.find()) {
            found.put(matcher.group(), kind);
          }
        });
    return found;
  }

  /**
   * The lines that give away a secret, with what they give away masked; of lines that begin alike
   * but for time and trace, the first.
   */
  List<String> lines(Stream<String> lines) {
    Map<String, String> found = new TreeMap<>();
    lines.forEach(
        line -> {
          Map<String, String> secrets = lookalikes(line);
          noted(line).forEach(secret -> secrets.put(secret, "noted secret"));
          if (!secrets.isEmpty()) {
            String masked = masked(line, secrets);
            found.putIfAbsent(beginning(masked), masked);
          }
        });
    return List.copyOf(found.values());
  }

  private static String masked(String line, Map<String, String> secrets) {
    String masked = line;
    String[] longestFirst = secrets.keySet().toArray(String[]::new);
    Arrays.sort(longestFirst, (a, b) -> b.length() - a.length());
    for (String secret : longestFirst) {
      masked =
          masked.replace(secret, "<" + secrets.get(secret) + " " + secret.substring(0, 4) + "…>");
    }
    return masked;
  }

  private static String beginning(String line) {
    return line.split(" - ", 2)[0].replaceFirst("^\\d\\S+ (\\w+) +\\S+ ", "$1 ");
  }

  private static String start(String text, int at) {
    return text.substring(at, at + Secrets.SHORTEST);
  }
}
