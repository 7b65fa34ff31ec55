package dev.minilogin.adapters.media.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Sends requests about objects of one bucket, signed by AWS's own signer (Signature Version 4). The
 * content is signed, too, so that none arrives changed; checksums that only newer stores know are
 * not sent.
 */
final class S3Client implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final int LARGEST_ANSWER = 4 * 1024 * 1024;

  /** The client sets these by itself, and to the same. */
  private static final Set<String> SET_BY_CLIENT = Set.of("host", "content-length");

  private final S3Settings settings;
  private final Clock clock;
  private final Duration timeLimit;
  private final AwsCredentialsIdentity identity;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  // HTTP/2 over plain HTTP would be asked for by an upgrade that stores don't know.
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param clock must not differ from the store's by more than 15 minutes
   * @param timeLimit for all that is done for one request
   */
  S3Client(S3Settings settings, InstantSource clock, Duration timeLimit) {
    this.settings = settings;
    this.clock = clock.withZone(ZoneOffset.UTC);
    this.timeLimit = timeLimit;
    this.identity =
        AwsCredentialsIdentity.create(settings.accessKeyId(), settings.secretAccessKey());
  }

  /**
   * Sends a request, and once more if its connection broke: whatever is sent here may arrive twice.
   *
   * @param name the object's, which is the same in a URL
   * @param content empty if there is none
   * @throws IOException if no whole answer came in time
   */
  HttpResponse<byte[]> send(
      SdkHttpMethod method, String name, Map<String, String> headers, byte[] content)
      throws IOException {
    long start = System.nanoTime();
    HttpRequest request = sign(method, name, headers, content);
    try {
      return exchange(request, timeLimit);
    } catch (ConnectException | HttpTimeoutException | InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      return exchange(request, timeLimit.minusNanos(System.nanoTime() - start));
    }
  }

  private HttpRequest sign(
      SdkHttpMethod method, String name, Map<String, String> headers, byte[] content) {
    URI endpoint = settings.endpoint();
    SdkHttpRequest.Builder unsigned = SdkHttpRequest.builder().method(method).uri(endpoint);
    if (settings.pathStyle()) {
      unsigned.encodedPath("/" + settings.bucket() + "/" + name);
    } else {
      unsigned.host(settings.bucket() + "." + endpoint.getHost()).encodedPath("/" + name);
    }
    headers.forEach(unsigned::putHeader);
    SdkHttpRequest signed =
        signer
            .sign(
                sign ->
                    sign.identity(identity)
                        .request(unsigned.build())
                        .payload(() -> new ByteArrayInputStream(content))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, settings.region())
                        .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock))
            .request();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(signed.getUri())
            .method(
                method.name(),
                content.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(content));
    signed.forEachHeader(
        (header, values) -> {
          if (!SET_BY_CLIENT.contains(header.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> request.header(header, value));
          }
        });
    return request.build();
  }

  private HttpResponse<byte[]> exchange(HttpRequest request, Duration limit) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), LARGEST_ANSWER));
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new HttpTimeoutException("no whole answer in time");
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException broken) {
        throw broken;
      }
      throw new IOException("the request failed", e.getCause());
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
