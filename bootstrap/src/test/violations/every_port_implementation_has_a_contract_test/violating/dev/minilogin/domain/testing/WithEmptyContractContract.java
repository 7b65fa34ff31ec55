package dev.minilogin.domain.testing;

interface WithEmptyContractContract {}
