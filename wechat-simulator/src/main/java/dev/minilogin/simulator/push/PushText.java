package dev.minilogin.simulator.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.minilogin.simulator.platform.PushFormat;
import java.util.regex.Pattern;

/**
 * Messages in WeChat's two notations, without white space between fields. XML has texts as CDATA,
 * numbers bare, and an array as its element repeated.
 */
final class PushText {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

  private static final Pattern NOT_XML =
      Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

  private PushText() {}

  /** The Content-Type of a push, which WeChat does not document. */
  static String contentType(PushFormat format) {
    return switch (format) {
      case JSON -> "application/json";
      case XML -> "text/xml";
    };
  }

  /**
   * A message as the body of a push.
   *
   * @throws IllegalArgumentException XML has no way to say a name or a character of it
   */
  static String of(PushFormat format, ObjectNode message) {
    if (format == PushFormat.JSON) {
      return message.toString();
    }
    StringBuilder xml = new StringBuilder();
    element(xml, "xml", message);
    return xml.toString();
  }

  private static void element(StringBuilder xml, String name, JsonNode value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a field's name must match " + NAME);
    }
    if (value.isArray()) {
      value.forEach(item -> element(xml, name, item));
      return;
    }
    xml.append('<').append(name).append('>');
    if (value.isObject()) {
      value.properties().forEach(field -> element(xml, field.getKey(), field.getValue()));
    } else if (value.isTextual()) {
      text(xml, value.textValue());
    } else if (!value.isNull()) {
      xml.append(value.asText());
    }
    xml.append("</").append(name).append('>');
  }

  private static void text(StringBuilder xml, String text) {
    if (NOT_XML.matcher(text).find()) {
      throw new IllegalArgumentException("a field has a character that XML has not");
    }
    xml.append("<![CDATA[").append(text.replace("]]>", "]]]]><![CDATA[>")).append("]]>");
  }
}
