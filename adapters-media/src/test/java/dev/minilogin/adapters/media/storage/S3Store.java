package dev.minilogin.adapters.media.storage;

import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** A store in memory that speaks S3's protocol and verifies signatures, with one bucket. */
final class S3Store implements AutoCloseable {
  /** As Tencent COS calls buckets; {@code src/test/resources/hosts} knows it as a host, too. */
  static final String BUCKET = "pictures-1250000000";

  private static final String ACCESS_KEY_ID = "AKIDEXAMPLE";
  private static final String SECRET_ACCESS_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String HOST = "localhost";

  private final BlobStore objects = new TransientNio2BlobStore();
  private final S3Proxy proxy;

  S3Store() {
    objects.createContainer(BUCKET);
    proxy =
        S3Proxy.builder()
            .blobStore(objects)
            .endpoint(URI.create("http://" + HOST + ":0"))
            .virtualHost(HOST)
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY_ID, SECRET_ACCESS_KEY)
            .build();
    try {
      proxy.start();
    } catch (Exception e) {
      throw new IllegalStateException("the store didn't start", e);
    }
  }

  /** How its one client reaches it. */
  S3Settings settings() {
    return new S3Settings(
        URI.create("http://" + HOST + ":" + proxy.getPort()),
        "ap-guangzhou",
        BUCKET,
        ACCESS_KEY_ID,
        SECRET_ACCESS_KEY,
        true);
  }

  /** What is in it. */
  BlobStore objects() {
    return objects;
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the store didn't stop", e);
    }
    objects.close();
  }
}
