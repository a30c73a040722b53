// The parts of a zip file, read through its directory.
import { inflateRawSync } from 'node:zlib';

/** Names and contents in the order of the directory. */
export function Unzipped(bytes) {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0) throw new Error('no zip file');
  const parts = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; --left) {
    const [method, packed, name, extra, comment, local] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const part = bytes.subarray(begin, begin + packed);
    parts.push({ name: bytes.toString('utf8', at + 46, at + 46 + name), bytes: method === 8 ? inflateRawSync(part) : part });
    at += 46 + name + extra + comment;
  }
  return parts;
}
