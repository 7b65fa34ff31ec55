package dev.minilogin.adapters.wechat.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.PushKey;
import dev.minilogin.domain.miniprogram.PushSettings;
import dev.minilogin.domain.miniprogram.PushSettings.Format;
import dev.minilogin.domain.miniprogram.PushSettings.Mode;
import dev.minilogin.domain.miniprogram.PushToken;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.push.PushRequest;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Whatever comes as a push: what isn't signed is not opened, and what is opened says to us what it
 * says to parsers and ciphers that aren't ours.
 */
class PushFuzzTest {
  private static final AppId APP = new AppId("wxba5fad812f8e6fb9");
  private static final PushToken TOKEN = new PushToken("AAAAA");
  private static final PushKey KEY = new PushKey("A".repeat(43));
  private static final long NOW = 1714112445;
  private static final String NONCE = "415670741";

  /** Of WeChat's docs, with its message signature. */
  private static final String ENCRYPT =
      "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcv"
          + "ZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuM"
          + "cp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWyg"
          + "b3VIYnSeOBrebufAlr7F9mFUPAJGj04=";

  private static final String MESSAGE_SIGNATURE = "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3";

  private static final ObjectMapper JACKSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final WeChatPushEnvelopes envelopes = new WeChatPushEnvelopes(JsonMapper.createDefault());

  @FuzzTest
  void a_plain_push_in_json(byte[] input) throws JsonProcessingException {
    String body = text(input);
    Optional<PushEvent> event = openPlain(Format.JSON, body);
    if (event.isPresent()) {
      JsonNode read = JACKSON.readTree(body);
      assertThat(read.isObject()).isTrue();
      event
          .get()
          .fields()
          .forEach((name, value) -> assertThat(jsonSays(read, name, value)).isTrue());
      use(event.get());
    }
    assertUnsignedIsNothing(Format.JSON, body);
  }

  @FuzzTest
  void a_plain_push_in_xml(byte[] input) throws Exception {
    String body = text(input);
    Optional<PushEvent> event = openPlain(Format.XML, body);
    if (event.isPresent()) {
      Document document = dom(body);
      assertThat(document.getDoctype()).isNull();
      String everything = document.getDocumentElement().getTextContent();
      event.get().fields().values().forEach(value -> assertThat(everything).contains(value));
      use(event.get());
    }
    assertUnsignedIsNothing(Format.XML, body);
  }

  /** The signature is right for WeChat's ciphertext, whatever the body says. */
  @FuzzTest
  void a_body_with_the_signature_of_another_one(byte[] input) {
    String body = text(input);
    PushRequest push = new PushRequest("", "" + NOW, NONCE, Optional.of(MESSAGE_SIGNATURE), body);
    for (Format format : Format.values()) {
      open(Mode.SECURE, format, push)
          .ifPresent(
              event -> {
                assertThat(body).contains("qdx1OKCy");
                assertThat(event.name()).isEqualTo("debug_demo");
              });
    }
  }

  /** What is encrypted and signed right, but in which anything can be. */
  @FuzzTest
  void a_plaintext_that_was_encrypted_by_whoever_has_the_keys(byte[] input) {
    Optional<PushEvent> event = openSecure(encrypt(padded(input)));
    if (event.isPresent()) {
      ByteBuffer plain = ByteBuffer.wrap(input);
      byte[] message = new byte[plain.position(16).getInt()];
      plain.get(message);
      assertThat(text(Arrays.copyOfRange(input, plain.position(), input.length)))
          .isEqualTo(APP.value());
      assertThat(openPlain(Format.JSON, text(message))).isEqualTo(event);
    }
  }

  /** The same, with padding of its own. */
  @FuzzTest
  void a_plaintext_with_any_padding(byte[] input) {
    byte[] blocks = Arrays.copyOf(input, Math.max(1, (input.length + 15) / 16) * 16);
    if (openSecure(encrypt(blocks)).isPresent()) {
      int padding = blocks[blocks.length - 1];
      assertThat(padding).isBetween(1, 32);
      assertThat(Arrays.copyOfRange(blocks, blocks.length - padding, blocks.length))
          .containsOnly(padding);
    }
  }

  /** Signed right, and not by the key that it should be encrypted with. */
  @FuzzTest
  void a_ciphertext_of_any_bytes(byte[] input) {
    assertThat(openSecure(Base64.getEncoder().encodeToString(input))).isEmpty();
    assertThat(openSecure(new String(input, StandardCharsets.ISO_8859_1).replace("\"", "")))
        .isEmpty();
  }

  @FuzzTest
  void a_query_of_any_parameters(byte[] input) {
    String[] parameters = text(input).split("\n", 4);
    if (parameters.length < 4) {
      return;
    }
    PushRequest push =
        new PushRequest(
            parameters[0], parameters[1], parameters[2], Optional.of(parameters[3]), "{}");
    boolean signed =
        parameters[0].equalsIgnoreCase(sha1(TOKEN.reveal(), parameters[1], parameters[2]));
    boolean genuine =
        envelopes.isGenuine(settings(Mode.PLAIN, Format.JSON), push, Instant.ofEpochSecond(NOW));
    assertThat(genuine && !signed).isFalse();
    assertThat(open(Mode.PLAIN, Format.JSON, push).isPresent()).isEqualTo(genuine);
    assertThat(open(Mode.SECURE, Format.JSON, push)).isEmpty();
  }

  private void assertUnsignedIsNothing(Format format, String body) {
    PushRequest unsigned =
        new PushRequest("0".repeat(40), "" + NOW, NONCE, Optional.of("0".repeat(40)), body);
    for (Mode mode : Mode.values()) {
      assertThat(open(mode, format, unsigned)).isEmpty();
    }
    PushRequest late =
        new PushRequest(
            sha1(TOKEN.reveal(), "" + (NOW - 301), NONCE),
            "" + (NOW - 301),
            NONCE,
            Optional.empty(),
            body);
    assertThat(open(Mode.PLAIN, format, late)).isEmpty();
  }

  private Optional<PushEvent> openPlain(Format format, String body) {
    return open(
        Mode.PLAIN,
        format,
        new PushRequest(
            sha1(TOKEN.reveal(), "" + NOW, NONCE), "" + NOW, NONCE, Optional.empty(), body));
  }

  private Optional<PushEvent> openSecure(String encrypt) {
    String body = JACKSON.createObjectNode().put("Encrypt", encrypt).toString();
    String signature = sha1(TOKEN.reveal(), "" + NOW, NONCE, encrypt);
    return open(
        Mode.SECURE,
        Format.JSON,
        new PushRequest("", "" + NOW, NONCE, Optional.of(signature), body));
  }

  private Optional<PushEvent> open(Mode mode, Format format, PushRequest push) {
    return envelopes.open(APP, settings(mode, format), push, Instant.ofEpochSecond(NOW));
  }

  private static PushSettings settings(Mode mode, Format format) {
    return new PushSettings(mode, format, TOKEN, mode == Mode.PLAIN ? List.of() : List.of(KEY));
  }

  /** Nothing that is done with a push minds what is in it. */
  private static void use(PushEvent event) {
    event.content();
    event.createdAt();
    event.person();
    assertThat(event.identity()).isNotEmpty();
    assertThat(event.toString()).matches("PushEvent\\[(\\w{1,64}|\\?)]");
  }

  /** Whether the field is there: a name with dots in it may be read in several ways. */
  private static boolean jsonSays(JsonNode object, String name, String value) {
    JsonNode field = object.get(name);
    if (field != null && !field.isContainerNode() && !field.isNull()) {
      return field.isNumber() || field.asText().equals(value);
    }
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      JsonNode inner = object.get(name.substring(0, dot));
      if (inner != null && inner.isObject() && jsonSays(inner, name.substring(dot + 1), value)) {
        return true;
      }
    }
    return false;
  }

  private static Document dom(String xml)
      throws ParserConfigurationException, SAXException, IOException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory.setNamespaceAware(true);
    DocumentBuilder builder = factory.newDocumentBuilder();
    builder.setErrorHandler(null);
    return builder.parse(new InputSource(new StringReader(xml)));
  }

  private static byte[] padded(byte[] text) {
    int padding = 32 - text.length % 32;
    byte[] padded = Arrays.copyOf(text, text.length + padding);
    Arrays.fill(padded, text.length, padded.length, (byte) padding);
    return padded;
  }

  private static String encrypt(byte[] blocks) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
      byte[] key = KEY.bytes();
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new IvParameterSpec(Arrays.copyOf(key, 16)));
      return Base64.getEncoder().encodeToString(cipher.doFinal(blocks));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sha1(String... texts) {
    try {
      String all = String.join("", Arrays.stream(texts).sorted().toList());
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-1").digest(all.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
