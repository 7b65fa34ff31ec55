package dev.minilogin.simulator.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes secrets unreadable: by the name they stand under, in queries and bodies, and by their look.
 *
 * <p>Names count without regard to case, {@code _} and {@code -}. JSON inside a JSON string is
 * masked too. What is not JSON (an error page, JSON that breaks off) is masked by pattern, and
 * rather too much than too little.
 */
public final class Masking {

  private static final Set<String> SECRET_NAMES =
      Set.of(
          "secret",
          "appsecret",
          "jscode",
          "code",
          "phonecode",
          "sessionkey",
          "accesstoken",
          "token",
          "openid",
          "unionid",
          "encrypteddata",
          "iv",
          "phone",
          "phonenumber",
          "purephonenumber",
          "mobileno",
          "emailaddress",
          "openpid",
          "fromusername",
          "encryptkey",
          "encrypt",
          "signature",
          "msgsignature",
          "encodingaeskey",
          "authorization");

  /** A problem document's code is the name of the problem, unless it looks like something else. */
  private static final Pattern PROBLEM_CODE = Pattern.compile("[a-z]+(-[a-z]+)+|[a-z]{1,16}");

  /**
   * This project's tokens, WeChat's session keys and Chinese phone numbers, wherever they stand.
   */
  private static final Pattern KNOWN_LOOK =
      Pattern.compile(
          "ml[a-z]1_[0-9A-Za-z]{4,}|(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{22}=="
              + "|(?<![A-Za-z0-9])(?:\\+?86)?1[3-9]\\d{9}(?![A-Za-z0-9])");

  private static final Pattern NAMED_IN_TEXT =
      Pattern.compile(
          "(?<![A-Za-z0-9])((?:(?:app|js|(?:pure[_-]?)?phone|session|access)[_-]?)?"
              + "(?:secret|code|key|token|number)|open[_-]?p?id|union[_-]?id|encrypted[_-]?data|iv"
              + "|mobile[_-]?no|email[_-]?address|from[_-]?user[_-]?name|encrypt(?:[_-]?key)?"
              + "|encoding[_-]?aes[_-]?key|(?:msg[_-]?)?signature|authorization)"
              + "(\\\\?[\"']?\\s*[:=]\\s*\\\\?[\"']?)([^\"'&,}\\s<>]+)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern LONG_RUN = Pattern.compile("[A-Za-z0-9_+/=-]{20,}");

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Masking() {}

  /**
   * The first four characters, {@code …} and the length; of less than twelve characters only the
   * length.
   */
  public static String value(String secret) {
    String start = secret.length() < 12 ? "" : secret.substring(0, 4);
    return start + "…(" + secret.length() + ")";
  }

  /** An Authorization header: the scheme stays, what follows is masked. */
  static String authorization(String header) {
    int space = header.indexOf(' ');
    return space < 0
        ? value(header)
        : header.substring(0, space + 1) + value(header.substring(space + 1).strip());
  }

  /** Path and query as in a request line; the values of secret parameters are masked. */
  static String target(String path, Optional<String> query) {
    String masked = byLook(path);
    return query.map(q -> masked + "?" + maskQuery(q)).orElse(masked);
  }

  /** A body: JSON, or text of any kind. */
  public static String body(String body) {
    return json(body, false).orElseGet(() -> text(body));
  }

  /** The body of a problem document, whose {@code code} is not a login code. */
  static String problem(String body) {
    return json(body, true).orElseGet(() -> text(body));
  }

  private static String maskQuery(String query) {
    return Arrays.stream(query.split("&", -1))
        .map(Masking::maskParameter)
        .collect(Collectors.joining("&"));
  }

  private static String maskParameter(String parameter) {
    int equals = parameter.indexOf('=');
    if (equals < 0 || !isSecret(decode(parameter.substring(0, equals)))) {
      return byLook(parameter);
    }
    return parameter.substring(0, equals + 1) + value(decode(parameter.substring(equals + 1)));
  }

  private static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return encoded;
    }
  }

  private static boolean isSecret(String name) {
    return SECRET_NAMES.contains(name.toLowerCase(Locale.ROOT).replaceAll("[_-]", ""));
  }

  private static Optional<String> json(String text, boolean problem) {
    String start = text.stripLeading();
    if (!start.startsWith("{") && !start.startsWith("[")) {
      return Optional.empty();
    }
    try {
      JsonNode root = JSON.readTree(text);
      return Optional.of(JSON.writeValueAsString(mask(root, false, problem)));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static JsonNode mask(JsonNode node, boolean secret, boolean problem) {
    return switch (node) {
      case ObjectNode object -> maskFields(object, secret, problem);
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          array.set(i, mask(array.get(i), secret, false));
        }
        yield array;
      }
      case TextNode text when !secret ->
          TextNode.valueOf(json(text.textValue(), false).orElseGet(() -> byLook(text.textValue())));
      default ->
          secret && !node.isNull() && !node.isBoolean()
              ? TextNode.valueOf(value(node.asText()))
              : node;
    };
  }

  private static JsonNode maskFields(ObjectNode object, boolean secret, boolean problem) {
    object
        .properties()
        .forEach(
            field -> {
              boolean problemCode =
                  problem
                      && field.getKey().equals("code")
                      && PROBLEM_CODE.matcher(field.getValue().asText()).matches();
              boolean hide = !problemCode && (secret || isSecret(field.getKey()));
              field.setValue(mask(field.getValue(), hide, false));
            });
    return object;
  }

  private static String text(String text) {
    String named =
        NAMED_IN_TEXT
            .matcher(text)
            .replaceAll(m -> Matcher.quoteReplacement(m.group(1) + m.group(2) + value(m.group(3))));
    return LONG_RUN
        .matcher(byLook(named))
        .replaceAll(m -> Matcher.quoteReplacement(value(m.group())));
  }

  private static String byLook(String text) {
    return KNOWN_LOOK.matcher(text).replaceAll(m -> Matcher.quoteReplacement(value(m.group())));
  }
}
