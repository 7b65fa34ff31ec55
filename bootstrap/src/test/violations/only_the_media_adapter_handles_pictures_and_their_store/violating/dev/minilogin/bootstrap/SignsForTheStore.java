package dev.minilogin.bootstrap;

import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

final class SignsForTheStore {
  private AwsV4HttpSigner signer;
}
