package dev.minilogin.simulator.http;

import static dev.minilogin.simulator.http.ControlBodies.required;

import dev.minilogin.simulator.client.Phone;
import dev.minilogin.simulator.client.WxRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The phone below {@code /client/}, for the browser shim {@code wx}. */
final class ClientRoutes {

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
        .post("/client/network", NetworkBody.class, this::network);
  }

  private Object network(NetworkBody body) {
    phone.setOffline(Boolean.TRUE.equals(body.offline()));
    return new NetworkBody(phone.isOffline());
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
          envVersion == null ? "release" : envVersion,
          required(url, "url"),
          method == null ? "GET" : method,
          header == null ? Map.of() : header,
          Optional.ofNullable(data),
          timeout == null || timeout <= 0 ? WxRequest.DEFAULT_TIMEOUT : Duration.ofMillis(timeout));
    }

    @Override
    public String toString() {
      return "RequestBody[appId=" + appId + "]";
    }
  }
}
