/**
 * Java's way to write text (java.io.DataInput, "modified UTF-8"): each UTF-16 unit by itself in up to three bytes, and
 * U+0000 in two.
 */
export function encodeModifiedUtf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit !== 0 && unit < 0x80) bytes.push(unit);
    else if (unit < 0x800) bytes.push(0xc0 | (unit >> 6), 0x80 | (unit & 0x3f));
    else bytes.push(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
  }
  return Uint8Array.from(bytes);
}

/** Returns undefined for bytes that are not modified UTF-8. */
export function decodeModifiedUtf8(bytes: Uint8Array): string | undefined {
  let text = '';
  let index = 0;
  while (index < bytes.length) {
    const length = sequenceLength(bytes[index] ?? 0);
    const unit = length === undefined ? undefined : decodeUnit(bytes.subarray(index, index + length), length);
    if (length === undefined || unit === undefined) return undefined;
    text += String.fromCharCode(unit);
    index += length;
  }
  return text;
}

function sequenceLength(first: number): 1 | 2 | 3 | undefined {
  if (first < 0x80) return 1;
  if (first >> 5 === 0b110) return 2;
  return first >> 4 === 0b1110 ? 3 : undefined;
}

function decodeUnit(sequence: Uint8Array, length: 1 | 2 | 3): number | undefined {
  const [first = 0, ...rest] = sequence;
  if (rest.length !== length - 1 || rest.some((byte) => byte >> 6 !== 0b10)) return undefined;
  const firstBits = length === 1 ? first : first & (length === 2 ? 0x1f : 0x0f);
  return rest.reduce((unit, byte) => (unit << 6) | (byte & 0x3f), firstBits);
}
