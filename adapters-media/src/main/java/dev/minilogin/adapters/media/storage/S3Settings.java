package dev.minilogin.adapters.media.storage;

import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where an S3-compatible store is, and as whom we speak to it. Its key needs the rights to put, get
 * and delete objects of the bucket, and to list it: without that one, S3 doesn't tell a missing
 * object from a forbidden one.
 *
 * @param endpoint the store's address without the bucket, {@code https} unless it is on this
 *     machine or in a trusted network: {@code https://cos.ap-guangzhou.myqcloud.com}
 * @param region as the store calls it; MinIO takes {@code us-east-1}
 * @param bucket must exist; on Tencent COS its name ends in the APPID
 * @param pathStyle whether the bucket is named in the path, as MinIO likes it, and not in the
 *     address, as Tencent COS demands it
 */
public record S3Settings(
    URI endpoint,
    String region,
    String bucket,
    String accessKeyId,
    String secretAccessKey,
    boolean pathStyle) {
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");

  /**
   * @throws IllegalArgumentException if something is missing or malformed
   */
  public S3Settings {
    if (endpoint.getScheme() == null
        || !Set.of("http", "https").contains(endpoint.getScheme())
        || endpoint.getHost() == null
        || endpoint.getUserInfo() != null
        || endpoint.getQuery() != null
        || !endpoint.getPath().replace("/", "").isEmpty()) {
      throw new IllegalArgumentException("the S3 endpoint must be an http or https URL of a host");
    }
    if (!REGION.matcher(region).matches()) {
      throw new IllegalArgumentException("the S3 region is malformed");
    }
    if (!BUCKET.matcher(bucket).matches()) {
      throw new IllegalArgumentException("the S3 bucket is malformed");
    }
    if (accessKeyId.isBlank() || secretAccessKey.isBlank()) {
      throw new IllegalArgumentException("the S3 store needs an access key id and its secret");
    }
  }

  @Override
  public String toString() {
    return "S3Settings["
        + endpoint
        + ", "
        + region
        + ", "
        + bucket
        + (pathStyle ? ", path style]" : "]");
  }
}
