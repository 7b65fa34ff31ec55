package dev.minilogin.adapters.web.problem;

record Problem() {}
