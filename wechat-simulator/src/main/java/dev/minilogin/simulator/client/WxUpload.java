package dev.minilogin.simulator.client;

import java.time.Duration;
import java.util.Map;

/**
 * What a mini program asks {@code wx.uploadFile} for.
 *
 * @param appId the mini program that asks
 * @param envVersion as in {@link WxRequest}
 * @param name the name of the form's part that is the file
 * @param fileName what the phone calls the file
 * @param contentType what the phone takes the file for
 * @param content the file; not copied
 * @param formData further parts of the form, texts all of them
 */
public record WxUpload(
    String appId,
    String envVersion,
    String url,
    Map<String, String> header,
    String name,
    String fileName,
    String contentType,
    byte[] content,
    Map<String, String> formData,
    Duration timeout) {

  @Override
  public String toString() {
    return "WxUpload[appId=" + appId + ", bytes=" + content.length + "]";
  }
}
