/**
 * Content as it is, in deflate's own terms: what does not compress inside an entry that otherwise does, or whose method had to
 * be named before anyone saw the content. Costs 5 bytes in 64 KiB. https://www.rfc-editor.org/rfc/rfc1951#section-3.2.4
 */
export function storedBlocks(content: Buffer): Buffer<ArrayBuffer> {
  const count = Math.ceil(content.length / mostInBytes);
  const blocks = Buffer.allocUnsafeSlow(content.length + count * headerInBytes);

  for (let number = 0; number < count; number++) {
    const piece = content.subarray(number * mostInBytes, (number + 1) * mostInBytes);
    const at = number * (mostInBytes + headerInBytes);
    blocks.writeUInt8(0, at); // not the last one; stored
    blocks.writeUInt16LE(piece.length, at + 1);
    blocks.writeUInt16LE(~piece.length & 0xffff, at + 3);
    piece.copy(blocks, at + headerInBytes);
  }
  return blocks;
}

const mostInBytes = 0xffff;
const headerInBytes = 5;
