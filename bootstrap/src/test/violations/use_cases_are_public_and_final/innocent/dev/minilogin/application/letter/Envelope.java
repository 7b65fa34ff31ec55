package dev.minilogin.application.letter;

class Envelope {
  void close() {}
}
