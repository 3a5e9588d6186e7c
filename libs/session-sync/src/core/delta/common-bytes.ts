/** How many bytes `a` from `atA` on and `b` from `atB` on have in common, at most `most`. */
export function commonFrom(a: DataView, atA: number, b: DataView, atB: number, most: number): number {
  let length = 0;
  while (length + 4 <= most && a.getInt32(atA + length) === b.getInt32(atB + length)) length += 4;
  while (length < most && a.getUint8(atA + length) === b.getUint8(atB + length)) length++;
  return length;
}

/** How many bytes before `endA` and `endB` are the same, at most `most`. */
export function commonBefore(a: DataView, endA: number, b: DataView, endB: number, most: number): number {
  let length = 0;
  while (length + 4 <= most && a.getInt32(endA - length - 4) === b.getInt32(endB - length - 4)) length += 4;
  while (length < most && a.getUint8(endA - length - 1) === b.getUint8(endB - length - 1)) length++;
  return length;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
