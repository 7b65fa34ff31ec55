package dev.minilogin.adapters.wechat.push;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Pushes written in XML: elements and texts, and nothing else. Whatever could make a parser fetch
 * or multiply something is refused: no document type, no entities.
 */
final class XmlPush {
  private static final XMLInputFactory FACTORY = factory();

  private XmlPush() {}

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver(
        (_, _, _, _) -> {
          throw new XMLStreamException("nothing is fetched");
        });
    return factory;
  }

  /** The fields of a push; empty if it is no XML, or none that WeChat would write. */
  static Optional<Map<String, String>> read(String text) {
    try {
      XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(text));
      try {
        return read(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException | MissingResourceException e) {
      // The JDK's parser has no words for some of what may be wrong, and throws the latter for it.
      return Optional.empty();
    }
  }

  private static Optional<Map<String, String>> read(XMLStreamReader reader)
      throws XMLStreamException {
    String encoding = reader.getCharacterEncodingScheme();
    if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
      return Optional.empty();
    }
    PushFields fields = new PushFields();
    Deque<Element> open = new ArrayDeque<>();
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (open.size() > PushFields.DEEPEST || reader.getAttributeCount() > 0) {
            return Optional.empty();
          }
          open.push(Element.in(open.peek(), reader.getLocalName()));
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            open.element().text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> open.pop().endsInto(fields);
        case XMLStreamConstants.SPACE,
            XMLStreamConstants.COMMENT,
            XMLStreamConstants.END_DOCUMENT -> {}
        default -> {
          return Optional.empty();
        }
      }
    }
    return fields.all();
  }

  /** An element that isn't closed yet. */
  private static final class Element {
    private final String name;
    private final boolean isRoot;
    private final StringBuilder text = new StringBuilder();
    private boolean hasElements;

    private Element(String name, boolean isRoot) {
      this.name = name;
      this.isRoot = isRoot;
    }

    static Element in(Element parent, String name) {
      if (parent == null) {
        return new Element("", true);
      }
      parent.hasElements = true;
      return new Element(parent.isRoot ? name : parent.name + '.' + name, false);
    }

    void endsInto(PushFields fields) {
      if (!hasElements && !isRoot) {
        fields.add(name, text.toString());
      }
    }
  }
}
