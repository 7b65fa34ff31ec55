package dev.minilogin.adapters.media.storage;

import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.avatar.Picture;
import dev.minilogin.domain.avatar.PictureFiles;
import dev.minilogin.domain.failure.StorageUnavailable;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * Pictures as objects of a bucket, one each, named {@code avatars/} and their key. Where settings
 * for it are given, it is preferred to other places.
 */
@Singleton
@Primary
@Requires(beans = S3Settings.class)
final class S3PictureFiles implements PictureFiles {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(5);
  private static final Set<String> MEDIA_TYPES = Set.of("image/jpeg", "image/png");
  private static final String CACHED_FOR_GOOD = "public, max-age=31536000, immutable";
  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9]{1,64})</Code>");

  private final S3Client client;

  @Inject
  S3PictureFiles(S3Settings settings, InstantSource clock) {
    this(settings, clock, TIME_LIMIT);
  }

  S3PictureFiles(S3Settings settings, InstantSource clock, Duration timeLimit) {
    this.client = new S3Client(settings, clock, timeLimit);
  }

  @Override
  public void put(AvatarKey key, Picture picture) {
    String doing = "keeping a picture";
    Map<String, String> headers =
        Map.of("Content-Type", picture.mediaType(), "Cache-Control", CACHED_FOR_GOOD);
    HttpResponse<byte[]> answer = send(doing, SdkHttpMethod.PUT, key, headers, picture.content());
    if (answer.statusCode() != 200) {
      throw unexpected(doing, answer);
    }
  }

  @Override
  public Optional<Picture> find(AvatarKey key) {
    String doing = "finding a picture";
    HttpResponse<byte[]> answer = send(doing, SdkHttpMethod.GET, key, Map.of(), new byte[0]);
    if (isMissing(answer)) {
      return Optional.empty();
    }
    String mediaType = answer.headers().firstValue("Content-Type").orElse("");
    if (answer.statusCode() != 200 || !MEDIA_TYPES.contains(mediaType)) {
      throw unexpected(doing, answer);
    }
    return Optional.of(new Picture(mediaType, answer.body()));
  }

  @Override
  public void delete(AvatarKey key) {
    String doing = "deleting a picture";
    HttpResponse<byte[]> answer = send(doing, SdkHttpMethod.DELETE, key, Map.of(), new byte[0]);
    if (answer.statusCode() != 204 && !isMissing(answer)) {
      throw unexpected(doing, answer);
    }
  }

  private HttpResponse<byte[]> send(
      String doing,
      SdkHttpMethod method,
      AvatarKey key,
      Map<String, String> headers,
      byte[] content) {
    try {
      return client.send(method, "avatars/" + key.value(), headers, content);
    } catch (IOException e) {
      throw new StorageUnavailable(doing, e);
    }
  }

  /** A missing bucket answers 404, too. */
  private static boolean isMissing(HttpResponse<byte[]> answer) {
    return answer.statusCode() == 404 && code(answer).equals("NoSuchKey");
  }

  private static StorageUnavailable unexpected(String doing, HttpResponse<byte[]> answer) {
    return new StorageUnavailable(
        doing,
        new IOException("the store answered %d %s".formatted(answer.statusCode(), code(answer))));
  }

  /** What an error is called; empty if the answer is no error of S3. */
  private static String code(HttpResponse<byte[]> answer) {
    Matcher code = CODE.matcher(new String(answer.body(), StandardCharsets.UTF_8));
    return code.find() ? code.group(1) : "";
  }

  @PreDestroy
  void close() {
    client.close();
  }
}
