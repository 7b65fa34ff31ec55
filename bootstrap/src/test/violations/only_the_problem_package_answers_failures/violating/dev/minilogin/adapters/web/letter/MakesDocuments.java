package dev.minilogin.adapters.web.letter;

import dev.minilogin.adapters.web.problem.Problem;

final class MakesDocuments {
  Problem problem() {
    return new Problem("not-found");
  }
}
