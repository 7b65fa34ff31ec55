package dev.minilogin.adapters.web.avatar;

import dev.minilogin.adapters.web.ApiDescription;
import dev.minilogin.adapters.web.authentication.Caller;
import dev.minilogin.adapters.web.limit.LimitedPerUser;
import dev.minilogin.adapters.web.problem.DocumentedProblems;
import dev.minilogin.adapters.web.problem.ProblemCode;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.adapters.web.user.UserResponse;
import dev.minilogin.adapters.web.user.UserResponses;
import dev.minilogin.application.avatar.FindAvatar;
import dev.minilogin.application.avatar.SetAvatar;
import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.avatar.Picture;
import dev.minilogin.domain.limit.LimitedUse;
import dev.minilogin.domain.user.User;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Part;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.http.multipart.CompletedFileUpload;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** Avatars: what users upload, and what everybody sees. */
@DocumentedProblems
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Avatars")
class AvatarController {
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  /** Should a browser ever take a picture for a page, that page may do nothing. */
  private static final String HARMLESS = "default-src 'none'; sandbox";

  private static final Duration UPLOAD_AGAIN_AFTER = Duration.ofSeconds(2);

  private final SetAvatar setAvatar;
  private final FindAvatar findAvatar;
  private final UserResponses users;

  AvatarController(SetAvatar setAvatar, FindAvatar findAvatar, UserResponses users) {
    this.setAvatar = setAvatar;
    this.findAvatar = findAvatar;
    this.users = users;
  }

  @Post(value = "/v1/me/avatar", consumes = MediaType.MULTIPART_FORM_DATA)
  @LimitedPerUser(LimitedUse.PROFILE_CHANGES_PER_USER)
  @Status(HttpStatus.OK)
  @Operation(
      summary = "Upload an avatar",
      description =
          "JPEG, PNG, WebP, or the first frame of a GIF; 2 MiB, 4096 pixels a side and 8 million in"
              + " all at most. It is encoded anew, without its metadata. Others see it once its"
              + " review has passed, if the mini program has avatars reviewed.")
  @SecurityRequirement(name = ApiDescription.SESSION_TOKEN)
  @ApiResponse(responseCode = "200", description = "The user, with the avatar or its review")
  UserResponse upload(
      @Parameter(hidden = true) Caller caller, @Part("file") CompletedFileUpload file) {
    return switch (setAvatar.execute(caller.userId(), caller.session().appId(), bytes(file))) {
      case SetAvatar.Taken(User user) -> users.of(user);
      case SetAvatar.Unreadable() -> throw ProblemException.of(ProblemCode.AVATAR_UNREADABLE);
      case SetAvatar.TooLarge() -> throw ProblemException.of(ProblemCode.PAYLOAD_TOO_LARGE);
      case SetAvatar.Busy() ->
          throw ProblemException.of(ProblemCode.OVERLOADED, Optional.of(UPLOAD_AGAIN_AFTER));
      case SetAvatar.AccountGone() -> throw ProblemException.accountDeleted();
    };
  }

  @Get("/avatars/{key}")
  @Operation(summary = "An avatar, for whoever has its address")
  @ApiResponse(
      responseCode = "200",
      description = "The picture; what an address shows never changes",
      content = {
        @Content(
            mediaType = MediaType.IMAGE_JPEG,
            schema = @Schema(type = "string", format = "binary")),
        @Content(
            mediaType = MediaType.IMAGE_PNG,
            schema = @Schema(type = "string", format = "binary"))
      })
  HttpResponse<byte[]> show(@PathVariable String key) {
    Picture picture =
        Optional.of(key)
            .filter(AvatarKey::isWellFormed)
            .map(AvatarKey::new)
            .flatMap(findAvatar::execute)
            .orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
    return HttpResponse.ok(picture.content())
        .contentType(picture.mediaType())
        .header(HttpHeaders.CACHE_CONTROL, FOR_EVER)
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", HARMLESS);
  }

  private static byte[] bytes(CompletedFileUpload file) {
    try {
      return file.getBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("an upload that was received whole can be read", e);
    }
  }
}
