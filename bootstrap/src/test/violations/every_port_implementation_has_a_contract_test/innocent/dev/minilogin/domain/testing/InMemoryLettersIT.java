package dev.minilogin.domain.testing;

class InMemoryLettersIT implements LettersContract {}
