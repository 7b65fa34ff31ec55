package dev.minilogin.simulator.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.minilogin.simulator.platform.PushFormat;
import java.io.IOException;
import java.io.StringReader;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class PushTextTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void xml_has_texts_as_cdata_numbers_bare_and_lists_as_repeated_elements() {
    ObjectNode message =
        object(
            """
            {"Event":"wxa_media_check","version":2,"detail":[{"label":100},{"label":20001}],
             "none":[],"isrisky":true,"absent":null,"result":{"suggest":"pass"}}
            """);

    assertThat(PushText.of(PushFormat.XML, message))
        .isEqualTo(
            "<xml><Event><![CDATA[wxa_media_check]]></Event><version>2</version>"
                + "<detail><label>100</label></detail><detail><label>20001</label></detail>"
                + "<isrisky>true</isrisky><absent></absent>"
                + "<result><suggest><![CDATA[pass]]></suggest></result></xml>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "]]>",
        "]]]]>>",
        "a]]><b>x</b><![CDATA[",
        "<!DOCTYPE xml [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>&e;",
        "&amp;",
        "中文 🙂",
        "tab\tand\nnewline"
      })
  void a_strict_parser_reads_every_text_as_it_was(String text) throws Exception {
    String xml =
        PushText.of(PushFormat.XML, JSON.createObjectNode().put("text", text).put("after", 1));

    Document document = parse(xml);

    assertThat(document.getDocumentElement().getChildNodes().getLength()).isEqualTo(2);
    assertThat(document.getElementsByTagName("text").item(0).getTextContent()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "\u001b", "\ud83d", "\uffff"})
  void a_character_that_xml_has_not_is_refused(String text) {
    ObjectNode message = JSON.createObjectNode().put("text", text);

    assertThatThrownBy(() -> PushText.of(PushFormat.XML, message))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("character");
    assertThat(object(PushText.of(PushFormat.JSON, message))).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "1", "", "a><b", "ö"})
  void a_name_that_no_element_can_have_is_refused(String name) {
    ObjectNode message = JSON.createObjectNode();
    message.putObject("outer").put(name, 1);

    assertThatThrownBy(() -> PushText.of(PushFormat.XML, message))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name");
  }

  private static Document parse(String xml)
      throws ParserConfigurationException, SAXException, IOException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
  }

  private static ObjectNode object(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
