package dev.minilogin.simulator.client;

import dev.minilogin.simulator.client.WxResult.Failure;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Why there is no answer, in the words of the network library inside WeChat (cronet). */
enum NetworkFailure {
  DISCONNECTED(-106, "net::ERR_INTERNET_DISCONNECTED"),
  REFUSED(-102, "net::ERR_CONNECTION_REFUSED"),
  RESET(-101, "net::ERR_CONNECTION_RESET"),
  NAME_NOT_RESOLVED(-105, "net::ERR_NAME_NOT_RESOLVED"),
  TLS(-107, "net::ERR_SSL_PROTOCOL_ERROR");

  private final int code;
  private final String name;

  NetworkFailure(int code, String name) {
    this.code = code;
    this.name = name;
  }

  static NetworkFailure causedBy(Throwable failure) {
    return switch (failure) {
      case ConnectException e when e.getCause() instanceof UnknownHostException ->
          NAME_NOT_RESOLVED;
      case ConnectException e -> REFUSED;
      case UnknownHostException e -> NAME_NOT_RESOLVED;
      case SSLException e -> TLS;
      default -> RESET;
    };
  }

  /** The failure of a call. */
  Failure of(WxApi api) {
    return api.fail(
        Failure.ERRNO_NETWORK,
        "errcode:" + code + " cronet_error_code:" + code + " error_msg:" + name);
  }
}
