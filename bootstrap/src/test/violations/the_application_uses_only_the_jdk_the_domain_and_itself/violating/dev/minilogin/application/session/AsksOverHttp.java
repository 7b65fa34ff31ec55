package dev.minilogin.application.session;

import java.net.http.HttpClient;

public final class AsksOverHttp {
  private HttpClient client;

  public void execute() {}
}
