/** Pictures in an object store that speaks S3's protocol, as Tencent COS and MinIO do. */
package dev.minilogin.adapters.media.storage;
