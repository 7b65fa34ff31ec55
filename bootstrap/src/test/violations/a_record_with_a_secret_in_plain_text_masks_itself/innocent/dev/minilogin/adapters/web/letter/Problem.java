package dev.minilogin.adapters.web.letter;

record Problem(Code code, byte[] sealedSecret) {
  enum Code {
    NO
  }
}
