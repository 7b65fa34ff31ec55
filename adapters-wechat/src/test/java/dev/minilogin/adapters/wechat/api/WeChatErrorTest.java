package dev.minilogin.adapters.wechat.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.wechat.WeChatFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WeChatErrorTest {
  /** Documented for code2Session, or seen in its answers, or common to WeChat's gateway. */
  private static final Set<Long> OF_CODE2SESSION =
      Set.of(
          -1L, 40002L, 40013L, 40029L, 40066L, 40125L, 40163L, 40164L, 40226L, 40243L, 41002L,
          41004L, 41008L, 45009L, 45011L, 48001L, 50002L, 50007L);

  @ParameterizedTest
  @CsvSource({
    "CODE2SESSION, -1, BUSY",
    "CODE2SESSION, 40013, APP_REFUSED",
    "CODE2SESSION, 40029, CODE_INVALID",
    "CODE2SESSION, 40125, APP_REFUSED",
    "CODE2SESSION, 40163, CODE_USED",
    "CODE2SESSION, 40226, USER_BLOCKED",
    "CODE2SESSION, 41002, APP_REFUSED",
    "CODE2SESSION, 41004, APP_REFUSED",
    "CODE2SESSION, 41008, CODE_INVALID",
    "CODE2SESSION, 45011, RATE_LIMITED",
    "STABLE_TOKEN, -1, BUSY",
    "STABLE_TOKEN, 40001, APP_REFUSED",
    "STABLE_TOKEN, 40002, APP_REFUSED",
    "STABLE_TOKEN, 40013, APP_REFUSED",
    "STABLE_TOKEN, 40125, APP_REFUSED",
    "STABLE_TOKEN, 40164, APP_REFUSED",
    "STABLE_TOKEN, 40243, APP_REFUSED",
    "STABLE_TOKEN, 41002, APP_REFUSED",
    "STABLE_TOKEN, 41004, APP_REFUSED",
    "STABLE_TOKEN, 43002, APP_REFUSED",
    "STABLE_TOKEN, 45009, RATE_LIMITED",
    "STABLE_TOKEN, 45011, RATE_LIMITED",
    "STABLE_TOKEN, 50004, APP_REFUSED",
    "STABLE_TOKEN, 50007, APP_REFUSED",
    "STABLE_TOKEN, 61024, APP_REFUSED",
    "STABLE_TOKEN, 89503, APP_REFUSED",
    "STABLE_TOKEN, 89506, APP_REFUSED",
    "STABLE_TOKEN, 89507, APP_REFUSED",
    "CHECK_SESSION_KEY, 40001, BUSY",
    "CHECK_SESSION_KEY, 40003, APP_REFUSED",
    "CHECK_SESSION_KEY, 87009, SESSION_KEY_STALE",
    "RESET_USER_SESSION_KEY, -1, BUSY",
    "RESET_USER_SESSION_KEY, 40097, APP_REFUSED",
    "RESET_USER_SESSION_KEY, 45011, RATE_LIMITED",
    "RESET_USER_SESSION_KEY, 87007, SESSION_KEY_STALE",
    "RESET_USER_SESSION_KEY, 87008, APP_REFUSED",
    "RESET_USER_SESSION_KEY, 87009, SESSION_KEY_STALE",
    "GET_PHONE_NUMBER, -1, BUSY",
    "GET_PHONE_NUMBER, 40001, BUSY",
    "GET_PHONE_NUMBER, 40003, CODE_INVALID",
    "GET_PHONE_NUMBER, 40013, CODE_INVALID",
    "GET_PHONE_NUMBER, 40014, BUSY",
    "GET_PHONE_NUMBER, 40029, CODE_INVALID",
    "GET_PHONE_NUMBER, 41001, APP_REFUSED",
    "GET_PHONE_NUMBER, 42001, BUSY",
    "GET_PHONE_NUMBER, 45011, RATE_LIMITED",
    "GET_PHONE_NUMBER, 47001, APP_REFUSED",
    "GET_PHONE_NUMBER, 48001, APP_REFUSED",
    "CHECK_ENCRYPTED_DATA, 40097, APP_REFUSED",
    "CHECK_ENCRYPTED_DATA, 44002, APP_REFUSED",
    "CHECK_ENCRYPTED_DATA, 47001, APP_REFUSED",
    "GET_PLUGIN_OPENPID, 1000, BUSY",
    "GET_PLUGIN_OPENPID, 1001, CODE_INVALID",
    "GET_PLUGIN_OPENPID, 1003, RATE_LIMITED",
    "GET_PLUGIN_OPENPID, 1005, CODE_INVALID",
    "GET_PLUGIN_OPENPID, 1007, CODE_INVALID",
    "GET_PLUGIN_OPENPID, 1022, APP_REFUSED",
    "GET_PLUGIN_OPENPID, 40016, APP_REFUSED",
    "GET_PLUGIN_OPENPID, 45009, RATE_LIMITED",
    "GET_USER_ENCRYPT_KEY, 87007, SESSION_KEY_STALE",
    "GET_USER_ENCRYPT_KEY, 87008, APP_REFUSED",
    "GET_USER_ENCRYPT_KEY, 87009, SESSION_KEY_STALE",
    "MSG_SEC_CHECK, 40003, APP_REFUSED",
    "MSG_SEC_CHECK, 40129, APP_REFUSED",
    "MSG_SEC_CHECK, 43002, APP_REFUSED",
    "MSG_SEC_CHECK, 43104, APP_REFUSED",
    "MSG_SEC_CHECK, 44002, APP_REFUSED",
    "MSG_SEC_CHECK, 44991, RATE_LIMITED",
    "MSG_SEC_CHECK, 45009, RATE_LIMITED",
    "MSG_SEC_CHECK, 47001, APP_REFUSED",
    "MSG_SEC_CHECK, 61010, NOT_VISITED",
    "MEDIA_CHECK_ASYNC, 40004, APP_REFUSED",
    "MEDIA_CHECK_ASYNC, 43104, APP_REFUSED",
    "MEDIA_CHECK_ASYNC, 44991, RATE_LIMITED",
    "MEDIA_CHECK_ASYNC, 61010, NOT_VISITED",
    "MEDIA_CHECK_ASYNC, 87020, RATE_LIMITED",
    "GET_USER_RISK_RANK, 40129, APP_REFUSED",
    "GET_USER_RISK_RANK, 43104, APP_REFUSED",
    "GET_USER_RISK_RANK, 61007, APP_REFUSED",
    "GET_USER_RISK_RANK, 61010, NOT_VISITED",
    "GET_USER_RISK_RANK, 61080, APP_REFUSED",
    "GET_USER_RISK_RANK, 61081, APP_REFUSED",
    "GET_USER_RISK_RANK, 9410009, APP_REFUSED"
  })
  void what_wechat_answers_means_this(WeChatApi api, long errcode, WeChatFailure failure) {
    assertThat(WeChatError.of(api, errcode).flatMap(WeChatError::failure)).contains(failure);
  }

  @Test
  void no_api_gives_an_errcode_two_meanings() {
    for (WeChatApi api : WeChatApi.values()) {
      List<Long> errcodes = new ArrayList<>();
      for (WeChatError error : WeChatError.values()) {
        if (error.apis().contains(api)) {
          errcodes.add(error.errcode());
        }
      }
      assertThat(errcodes).doesNotHaveDuplicates().contains(-1L, 40066L, 45009L, 45011L);
    }
  }

  @Test
  void what_code2session_can_answer_is_known() {
    assertThat(
            Arrays.stream(WeChatError.values())
                .filter(error -> error.apis().contains(WeChatApi.CODE2SESSION))
                .map(WeChatError::errcode))
        .containsExactlyInAnyOrderElementsOf(OF_CODE2SESSION);
  }

  @Test
  void only_what_was_asked_for_is_no_failure() {
    assertThat(
            Arrays.stream(WeChatError.values())
                .filter(error -> error.failure().isEmpty())
                .map(WeChatError::errcode))
        .containsExactly(1L, 87014L);
  }

  @Test
  void an_unknown_errcode_is_told_from_the_known_ones() {
    assertThat(WeChatError.of(WeChatApi.CODE2SESSION, 99999)).isEmpty();
    assertThat(WeChatError.of(WeChatApi.MSG_SEC_CHECK, 40163)).isEmpty();
  }

  @Test
  void only_those_that_pass_tell_when_to_try_again() {
    assertThat(
            Arrays.stream(WeChatError.values())
                .filter(error -> error.retryAfter().isPresent())
                .map(error -> error.failure().orElseThrow())
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(WeChatFailure.BUSY, WeChatFailure.RATE_LIMITED);
  }

  @Test
  void a_refused_token_and_a_busy_wechat_are_tried_again() {
    assertThat(
            Arrays.stream(WeChatError.values())
                .filter(WeChatError::retried)
                .map(WeChatError::errcode))
        .containsExactly(-1L, 40001L, 40014L, 42001L);
  }

  @ParameterizedTest
  @EnumSource
  void each_tells_the_operator_something(WeChatError error) {
    assertThat(error.advice()).isNotBlank();
    assertThat(error.apis()).isNotEmpty();
  }
}
