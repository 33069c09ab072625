// Bytes and texts.

const encoder = new TextEncoder();
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export const bytesOf = (text) => encoder.encode(text);

/** Reads UTF-8; throws on anything else. */
export const textOf = (bytes) => strict.decode(bytes);

export function toBase64(bytes) {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

export function fromBase64(text) {
  const binary = atob(text);
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/**
 * Reads base64 as the protocol writes it: the standard alphabet, with padding, and no other way to write the
 * same bytes. Returns null for anything else, and where a length is asked for and is another.
 */
export function exactBase64(text, length) {
  if (typeof text !== "string" || !/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null;
  const bytes = fromBase64(text);
  if (length !== undefined && bytes.length !== length) return null;
  return toBase64(bytes) === text ? bytes : null;
}

export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Joins texts and bytes to bytes. */
export const bytesIn = (...parts) =>
  join(...parts.map((part) => (typeof part === "string" ? bytesOf(part) : part)));
