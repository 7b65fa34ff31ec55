package dev.minilogin.simulator.http;

import static dev.minilogin.simulator.http.ControlBodies.required;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.minilogin.simulator.client.Phone;
import dev.minilogin.simulator.client.WxRequest;
import dev.minilogin.simulator.client.WxResult;
import dev.minilogin.simulator.client.WxUpload;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The phone below {@code /client/}, for the browser shim {@code wx}. */
final class ClientRoutes {

  private static final String DEFAULT_VERSION = "release";

  private final Phone phone;

  ClientRoutes(Phone phone) {
    this.phone = phone;
  }

  JsonRoutes routes() {
    return new JsonRoutes()
        .post(
            "/client/login",
            ControlBodies.AppUser.class,
            who -> phone.login(who.appId(), who.user()))
        .post(
            "/client/check-session",
            ControlBodies.AppUser.class,
            who -> Map.of("valid", phone.checkSession(who.appId(), who.user())))
        .post("/client/request", RequestBody.class, body -> phone.request(body.toRequest()))
        .post("/client/upload", UploadBody.class, body -> phone.upload(body.toUpload()))
        .post("/client/phone-number", PhoneNumberBody.class, this::phoneNumber)
        .post("/client/user-info", ControlBodies.AppUser.class, this::userInfo)
        .post(
            "/client/user-crypto",
            ControlBodies.AppUser.class,
            who -> phone.latestUserKey(who.appId(), who.user()))
        .post("/client/network", NetworkBody.class, this::network);
  }

  private Object network(NetworkBody body) {
    phone.setOffline(Boolean.TRUE.equals(body.offline()));
    return new NetworkBody(phone.isOffline());
  }

  private Object phoneNumber(PhoneNumberBody body) {
    return phone.phoneNumber(
        required(body.appId(), "appId"),
        required(body.user(), "user"),
        Boolean.TRUE.equals(body.deny()));
  }

  private Object userInfo(ControlBodies.AppUser who) {
    WxResult result = phone.userProfile(who.appId(), who.user());
    return result instanceof WxResult.UserProfile profile ? UserInfoBody.of(profile) : result;
  }

  private static Duration timeout(Long millis) {
    return millis == null || millis <= 0 ? WxRequest.DEFAULT_TIMEOUT : Duration.ofMillis(millis);
  }

  private record NetworkBody(Boolean offline) {}

  private record RequestBody(
      String appId,
      String envVersion,
      String url,
      String method,
      Map<String, String> header,
      String data,
      Long timeout) {

    WxRequest toRequest() {
      return new WxRequest(
          required(appId, "appId"),
          envVersion == null ? DEFAULT_VERSION : envVersion,
          required(url, "url"),
          method == null ? "GET" : method,
          header == null ? Map.of() : header,
          Optional.ofNullable(data),
          ClientRoutes.timeout(timeout));
    }

    @Override
    public String toString() {
      return "RequestBody[appId=" + appId + "]";
    }
  }

  private record PhoneNumberBody(String appId, String user, Boolean deny) {}

  /** The phone's answer with the userInfo that its rawData spells out. */
  private record UserInfoBody(
      @JsonRawValue String userInfo,
      String rawData,
      String signature,
      String encryptedData,
      String iv) {

    static UserInfoBody of(WxResult.UserProfile profile) {
      return new UserInfoBody(
          profile.rawData(),
          profile.rawData(),
          profile.signature(),
          profile.encryptedData(),
          profile.iv());
    }

    @Override
    public String toString() {
      return "UserInfoBody[masked]";
    }
  }

  private record UploadBody(
      String appId,
      String envVersion,
      String url,
      Map<String, String> header,
      String name,
      String fileName,
      String contentType,
      byte[] base64,
      Map<String, String> formData,
      Long timeout) {

    WxUpload toUpload() {
      return new WxUpload(
          required(appId, "appId"),
          envVersion == null ? DEFAULT_VERSION : envVersion,
          required(url, "url"),
          header == null ? Map.of() : header,
          required(name, "name"),
          fileName == null ? "file" : fileName,
          contentType == null ? "application/octet-stream" : contentType,
          required(base64, "base64"),
          formData == null ? Map.of() : formData,
          ClientRoutes.timeout(timeout));
    }

    @Override
    public String toString() {
      return "UploadBody[appId=" + appId + "]";
    }
  }
}
