package dev.minilogin.adapters.wechat.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.minilogin.adapters.wechat.Scene;
import dev.minilogin.adapters.wechat.WeChatAdapter;
import dev.minilogin.adapters.wechat.http.WeChatSettings.Limits;
import dev.minilogin.domain.testing.Replies;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS: whoever has another name, or a certificate that nobody vouches for, gets no secret. */
class WeChatTlsTest {
  private static final String PASSWORD = "changeit";
  private static final String ALIAS = "server";

  private final AtomicInteger requests = new AtomicInteger();

  @Test
  void only_a_trusted_certificate_of_the_right_name_is_accepted(@TempDir Path folder)
      throws Exception {
    Path right = certificate(folder.resolve("right.p12"), "ip:127.0.0.1");
    Path wrong = certificate(folder.resolve("wrong.p12"), "dns:somebody.else");
    assertThat(failure(right, right)).isEqualTo(WeChatFailure.INVALID_ANSWER);
    assertThat(requests).hasValue(1);
    assertThat(failure(wrong, wrong)).isEqualTo(WeChatFailure.UNREACHABLE);
    assertThat(failure(right, wrong)).isEqualTo(WeChatFailure.UNREACHABLE);
    assertThat(requests).hasValue(1);
  }

  /** Of a login at a server with a certificate, if another one is all that is trusted. */
  private WeChatFailure failure(Path certificate, Path trusted) throws Exception {
    Map<String, String> trust =
        Map.of(
            "javax.net.ssl.trustStore",
            trustStore(trusted).toString(),
            "javax.net.ssl.trustStorePassword",
            PASSWORD);
    trust.forEach(System::setProperty);
    HttpsServer server = server(certificate);
    URI uri = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    try (WeChatAdapter adapter = WeChatAdapter.with(patient(uri))) {
      return Replies.failure(adapter.codeExchange().exchange(Scene.APP, Sample.code()));
    } finally {
      server.stop(0);
      trust.keySet().forEach(System::clearProperty);
    }
  }

  private static Path trustStore(Path certificate) throws Exception {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("trusted", load(certificate).getCertificate(ALIAS));
    Path file = Path.of(certificate + ".trust");
    try (OutputStream out = Files.newOutputStream(file)) {
      trust.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  private static KeyStore load(Path file) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  /** A handshake takes long on a busy machine. */
  private static WeChatSettings patient(URI uri) {
    Duration limit = Duration.ofSeconds(20);
    return new WeChatSettings(
        List.of(uri),
        new Limits(limit, limit, limit.multipliedBy(2), 1),
        Map.of(),
        limit,
        Optional.empty());
  }

  private HttpsServer server(Path certificate) throws Exception {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(load(certificate), PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          byte[] body = "no JSON".getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
    return server;
  }

  private static Path certificate(Path store, String name) throws Exception {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process process =
        new ProcessBuilder(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
    return store;
  }
}
