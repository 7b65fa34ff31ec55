/**
 * Makes pictures of ours out of uploads.
 *
 * <p>Two steps: a format's reader takes an upload apart without decoding it, keeps only the parts
 * that make pixels, and reads the size that they claim. Only if that size is allowed are these
 * parts put together again and decoded, so that decoders see no text, no profile, no thumbnail and
 * no second frame: nothing that is compressed, counted or measured by anybody but us.
 */
package dev.minilogin.adapters.media.picture;
