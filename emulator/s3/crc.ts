// Cyclic redundancy checks that Node does not have: CRC-32C and CRC-64/NVME, both reflected.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html

const BYTE_VALUES = 256;
/** Bytes taken at a time, each through a table of its own. */
const SLICES = 8;

/** Castagnoli's polynomial, reflected. */
const CRC32C_POLYNOMIAL = 0x82f63b78;
/** The polynomial of the NVM Express specification, reflected: 0x9a6c9329_ac4bc9b5. */
const CRC64_POLYNOMIAL_HIGH = 0x9a6c9329;
const CRC64_POLYNOMIAL_LOW = 0xac4bc9b5;

interface Tables {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

let crc32cTable: Uint32Array | undefined;
let crc64Tables: Tables | undefined;

/** Big-endian, 4 bytes. */
export function computeCrc32c(body: Buffer): Buffer {
  crc32cTable ??= createCrc32cTable();
  const table = crc32cTable;
  let crc = 0xffffffff;
  for (let index = 0; index < body.length; index++) {
    crc = (crc >>> 8) ^ at(table, (crc ^ (body[index] ?? 0)) & 0xff);
  }
  const result = Buffer.alloc(4);
  result.writeUInt32BE(~crc >>> 0);
  return result;
}

/** Big-endian, 8 bytes. The 64 bits are kept in two halves: BigInt would be a hundred times slower. */
export function computeCrc64Nvme(body: Buffer): Buffer {
  crc64Tables ??= createCrc64Tables();
  const { low: lowTable, high: highTable } = crc64Tables;
  let low = 0xffffffff;
  let high = 0xffffffff;
  let index = 0;
  for (const end = body.length - (body.length % SLICES); index < end; index += SLICES) {
    const first = body.readInt32LE(index) ^ low;
    const second = body.readInt32LE(index + 4) ^ high;
    const a = 7 * BYTE_VALUES + (first & 0xff);
    const b = 6 * BYTE_VALUES + ((first >>> 8) & 0xff);
    const c = 5 * BYTE_VALUES + ((first >>> 16) & 0xff);
    const d = 4 * BYTE_VALUES + (first >>> 24);
    const e = 3 * BYTE_VALUES + (second & 0xff);
    const f = 2 * BYTE_VALUES + ((second >>> 8) & 0xff);
    const g = BYTE_VALUES + ((second >>> 16) & 0xff);
    const h = second >>> 24;
    low =
      at(lowTable, a) ^
      at(lowTable, b) ^
      at(lowTable, c) ^
      at(lowTable, d) ^
      at(lowTable, e) ^
      at(lowTable, f) ^
      at(lowTable, g) ^
      at(lowTable, h);
    high =
      at(highTable, a) ^
      at(highTable, b) ^
      at(highTable, c) ^
      at(highTable, d) ^
      at(highTable, e) ^
      at(highTable, f) ^
      at(highTable, g) ^
      at(highTable, h);
  }
  for (; index < body.length; index++) {
    const entry = (low ^ (body[index] ?? 0)) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ at(lowTable, entry);
    high = (high >>> 8) ^ at(highTable, entry);
  }
  const result = Buffer.alloc(8);
  result.writeUInt32BE(~high >>> 0, 0);
  result.writeUInt32BE(~low >>> 0, 4);
  return result;
}

function createCrc32cTable(): Uint32Array {
  return Uint32Array.from({ length: BYTE_VALUES }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ CRC32C_POLYNOMIAL : crc >>> 1;
    return crc >>> 0;
  });
}

/** Table `n` holds what a byte comes to with `n` bytes of zero behind it. */
function createCrc64Tables(): Tables {
  const low = new Uint32Array(SLICES * BYTE_VALUES);
  const high = new Uint32Array(SLICES * BYTE_VALUES);
  for (let byte = 0; byte < BYTE_VALUES; byte++) {
    let lowHalf = byte;
    let highHalf = 0;
    for (let bit = 0; bit < 8; bit++) {
      const isOdd = lowHalf & 1;
      lowHalf = (lowHalf >>> 1) | (highHalf << 31);
      highHalf >>>= 1;
      if (isOdd) {
        lowHalf ^= CRC64_POLYNOMIAL_LOW;
        highHalf ^= CRC64_POLYNOMIAL_HIGH;
      }
    }
    low[byte] = lowHalf;
    high[byte] = highHalf;
  }
  for (let index = BYTE_VALUES; index < SLICES * BYTE_VALUES; index++) {
    const lowHalf = at(low, index - BYTE_VALUES);
    const highHalf = at(high, index - BYTE_VALUES);
    const entry = lowHalf & 0xff;
    low[index] = ((lowHalf >>> 8) | (highHalf << 24)) ^ at(low, entry);
    high[index] = (highHalf >>> 8) ^ at(high, entry);
  }
  return { low, high };
}

function at(table: Uint32Array, index: number): number {
  return table[index] ?? 0;
}
