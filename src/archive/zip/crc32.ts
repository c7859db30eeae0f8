/**
 * The CRC-32 of two pieces of content, one after the other, from theirs: to append `n` bytes is to multiply by x^(8n), modulo
 * the polynomial. As `crc32_combine` of zlib does it: https://github.com/madler/zlib/blob/v1.3.1/crc32.c
 */
export function combineCrc32(first: number, second: number, secondInBytes: number): number {
  return (multiply(first, powerOfX(secondInBytes)) ^ second) >>> 0;
}

// Bits are reflected: the highest is x^0.
const one = 0x8000_0000;
const polynomial = 0xedb8_8320;

function multiply(a: number, b: number): number {
  let product = 0;
  let factor = b;
  for (let bit = one; bit !== 0; bit >>>= 1) {
    if (a & bit) product ^= factor;
    factor = factor & 1 ? (factor >>> 1) ^ polynomial : factor >>> 1;
  }
  return product;
}

/** x^(8 · bytes), by squaring. */
function powerOfX(bytes: number): number {
  let power = one;
  let square = 0x0080_0000; // x^8
  for (let rest = bytes; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) power = multiply(power, square);
    square = multiply(square, square);
  }
  return power;
}
