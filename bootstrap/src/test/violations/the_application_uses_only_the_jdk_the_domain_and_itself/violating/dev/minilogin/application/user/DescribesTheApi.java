package dev.minilogin.application.user;

import io.swagger.v3.oas.annotations.media.Schema;

@Schema(description = "A change")
public final class DescribesTheApi {
  public void execute() {}
}
