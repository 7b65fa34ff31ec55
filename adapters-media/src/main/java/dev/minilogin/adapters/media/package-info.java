/**
 * The domain's ports for pictures: decoders of hostile files, and object storage.
 *
 * <p>A module of its own, because what it depends on parses files of strangers.
 */
package dev.minilogin.adapters.media;
