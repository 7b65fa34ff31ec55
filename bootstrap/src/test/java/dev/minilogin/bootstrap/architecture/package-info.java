/**
 * The rules of the house, checked on the compiled code of all modules.
 *
 * <p>A rule is a constant of one of the {@code …Rules} classes here, named as the sentence that a
 * report shows. Each has a seed, code that breaks it, in {@code bootstrap/src/test/violations}; a
 * rule that doesn't report its own seed, or reports another's, fails the build, because a rule that
 * can't fail is worse than none. The classes of a seed are compiled together, whatever module they
 * pretend to be of: so even what Maven refuses as a cycle has one, and no rule is without.
 */
package dev.minilogin.bootstrap.architecture;
