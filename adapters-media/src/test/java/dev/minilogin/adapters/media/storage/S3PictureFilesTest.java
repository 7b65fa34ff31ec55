package dev.minilogin.adapters.media.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.avatar.Picture;
import dev.minilogin.domain.avatar.PictureFiles;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.testing.PictureFilesContract;
import dev.minilogin.domain.testing.Sample;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Binds the contract to the adapter and a store that verifies signatures. */
class S3PictureFilesTest implements PictureFilesContract {
  private static final S3Store STORE = new S3Store();
  private static final Duration SOON = Duration.ofMillis(300);
  private static final Picture PICTURE = new Picture("image/png", new byte[] {1, 2, 3});

  private final S3PictureFiles files = files(STORE.settings());
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;

  @AfterEach
  void close() {
    end.countDown();
    files.close();
    if (server != null) {
      server.stop(0);
    }
  }

  @AfterAll
  static void closeStore() {
    STORE.close();
  }

  @Override
  public PictureFiles pictureFiles() {
    return files;
  }

  @Override
  public PictureFiles unreachablePictureFiles() {
    return files(at(nobody()));
  }

  @Test
  void the_bucket_may_be_named_in_the_host() {
    AvatarKey key = Sample.avatarKey();
    S3Settings path = STORE.settings();
    PictureFiles hostStyle =
        files(
            new S3Settings(
                path.endpoint(),
                path.region(),
                path.bucket(),
                path.accessKeyId(),
                path.secretAccessKey(),
                false));
    hostStyle.put(key, PICTURE);
    assertThat(files.find(key).orElseThrow().content()).isEqualTo(PICTURE.content());
    assertThat(hostStyle.find(key).orElseThrow().content()).isEqualTo(PICTURE.content());
    hostStyle.delete(key);
    assertThat(files.find(key)).isEmpty();
  }

  @Test
  void an_object_says_what_it_is_and_that_it_never_changes() {
    AvatarKey key = Sample.avatarKey();
    files.put(key, PICTURE);
    HeadObjectResponse object =
        STORE.objects().blobMetadata(S3Store.BUCKET, "avatars/" + key.value());
    assertThat(object.contentType()).isEqualTo("image/png");
    assertThat(object.cacheControl()).isEqualTo("public, max-age=31536000, immutable");
  }

  @Test
  void a_wrong_secret_is_refused_and_told_to_nobody() {
    S3Settings right = STORE.settings();
    String wrong = "wrong-secret-0123456789";
    S3Settings settings =
        new S3Settings(
            right.endpoint(), right.region(), right.bucket(), right.accessKeyId(), wrong, true);
    PictureFiles refused = files(settings);
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> refused.put(Sample.avatarKey(), PICTURE))
        .havingCause()
        .withMessage("the store answered 403 SignatureDoesNotMatch");
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> refused.find(Sample.avatarKey()));
    assertThat(settings.toString()).doesNotContain(wrong);
  }

  @Test
  void requests_are_signed_at_the_time_of_the_clock() {
    InstantSource wrong = InstantSource.fixed(Instant.now().minus(Duration.ofDays(1)));
    PictureFiles late = new S3PictureFiles(STORE.settings(), wrong, Duration.ofSeconds(5));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> late.find(Sample.avatarKey()))
        .havingCause()
        .withMessageContaining("403");
  }

  @Test
  void a_missing_bucket_is_no_missing_picture() {
    S3Settings settings = STORE.settings();
    PictureFiles elsewhere =
        files(
            new S3Settings(
                settings.endpoint(),
                settings.region(),
                "no-such-bucket",
                settings.accessKeyId(),
                settings.secretAccessKey(),
                true));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> elsewhere.find(Sample.avatarKey()))
        .havingCause()
        .withMessage("the store answered 404 NoSuchBucket");
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> elsewhere.delete(Sample.avatarKey()));
  }

  @ParameterizedTest
  @CsvSource({
    "200, text/html, <script>",
    "200, image/svg+xml, <svg/>",
    "206, image/png, part",
    "302, text/html, moved",
    "404, text/html, no store at all",
    "500, application/xml, <Error><Code>InternalError</Code></Error>",
    "503, application/xml, <Error><Code>SlowDown</Code></Error>"
  })
  void what_no_store_of_ours_answers_is_a_failure(int status, String type, String body) {
    PictureFiles odd = files(at(serve(exchange -> answer(exchange, status, type, body))));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> odd.find(Sample.avatarKey()));
  }

  @Test
  void an_answer_larger_than_any_picture_is_a_failure() {
    PictureFiles large =
        files(at(serve(exchange -> answer(exchange, 200, "image/png", "x".repeat(5_000_000)))));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> large.find(Sample.avatarKey()));
  }

  @Test
  void a_store_that_does_not_answer_is_not_waited_for() {
    PictureFiles hanging = impatient(serve(exchange -> await()));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> hanging.find(Sample.avatarKey()))
        .havingCause()
        .withMessage("no whole answer in time");
  }

  @Test
  void a_store_that_does_not_finish_its_answer_is_not_waited_for() {
    PictureFiles hanging =
        impatient(
            serve(
                exchange -> {
                  exchange.getResponseHeaders().add("Content-Type", "image/png");
                  exchange.sendResponseHeaders(200, 1000);
                  exchange.getResponseBody().write(1);
                  exchange.getResponseBody().flush();
                  await();
                }));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> hanging.find(Sample.avatarKey()));
  }

  @Test
  void a_request_whose_connection_broke_is_sent_once_more() {
    AtomicInteger requests = new AtomicInteger();
    URI broken =
        serve(
            exchange -> {
              if (requests.incrementAndGet() == 1) {
                exchange.close();
              } else {
                answer(exchange, 200, "", "");
              }
            });
    files(at(broken)).put(Sample.avatarKey(), PICTURE);
    assertThat(requests).hasValue(2);
  }

  @Test
  void it_is_a_bean_only_where_there_are_settings() {
    InstantSource clock = InstantSource.system();
    try (ApplicationContext without = ApplicationContext.builder().singletons(clock).start()) {
      assertThat(without.containsBean(PictureFiles.class)).isFalse();
    }
    try (ApplicationContext with =
        ApplicationContext.builder().singletons(clock, STORE.settings()).start()) {
      assertThat(with.getBean(PictureFiles.class)).isInstanceOf(S3PictureFiles.class);
    }
  }

  private static S3PictureFiles files(S3Settings settings) {
    return new S3PictureFiles(settings, InstantSource.system());
  }

  private static PictureFiles impatient(URI endpoint) {
    return new S3PictureFiles(at(endpoint), InstantSource.system(), SOON);
  }

  private static S3Settings at(URI endpoint) {
    return new S3Settings(endpoint, "us-east-1", "pictures", "id", "secret", true);
  }

  private static URI nobody() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private URI serve(Handler handler) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(command -> Thread.ofVirtual().start(command));
    server.createContext("/", handler::handle);
    server.start();
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
