import type { AuditConsistency, AuditHead, AuditRecordDetail } from '@bole/api';

/** Checks the server's proofs with the browser's own hashes: RFC 9162 §2.1. Nothing here believes what the server computed. */

export type Outcome = 'pass' | 'fail' | 'skip';
export interface Check {
  name: 'content' | 'leaf' | 'path' | 'root' | 'signature';
  outcome: Outcome;
}
export type Obstacle = 'sm' | 'insecure' | null;

type Bytes = Uint8Array<ArrayBuffer>;

const utf8 = new TextEncoder();

export function bytesOf(hex: string): Bytes {
  const out = new Uint8Array(hex.length / 2);
  for (let i = 0; i < out.length; ++i) out[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return out;
}

export function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function joined(...parts: Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const sha256 = async (data: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest('SHA-256', data));
export const leafHash = (record: string) => sha256(joined(Uint8Array.of(0), utf8.encode(record)));
const nodeHash = (left: Uint8Array, right: Uint8Array) => sha256(joined(Uint8Array.of(1), left, right));

/** Why the browser cannot check this log. */
export function obstacle(suite: string): Obstacle {
  if (suite !== 'ed25519-sha256') return 'sm';
  return globalThis.crypto?.subtle ? null : 'insecure';
}

/** Which side each hash of the path joins from. */
export function sides(index: number, size: number, steps: number): ('left' | 'right')[] {
  const out: ('left' | 'right')[] = [];
  let fn = index;
  let sn = size - 1;
  for (let i = 0; i < steps; ++i) {
    if (fn % 2 === 1 || fn === sn) {
      out.push('left');
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else {
      out.push('right');
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return out;
}

/** The root that the path gives, or null when it is too short or too long for this place. */
export async function rootOf(index: number, size: number, leaf: Bytes, path: string[]): Promise<string | null> {
  if (index < 0 || index >= size) return null;
  let steps = 0;
  for (let fn = index, sn = size - 1; sn > 0; fn = Math.floor(fn / 2), sn = Math.floor(sn / 2)) {
    if (fn % 2 === 1 || fn < sn) ++steps;
  }
  if (steps !== path.length) return null;
  let hash = leaf;
  const from = sides(index, size, path.length);
  for (let i = 0; i < path.length; ++i) {
    const other = bytesOf(path[i]!);
    hash = from[i] === 'left' ? await nodeHash(other, hash) : await nodeHash(hash, other);
  }
  return hexOf(hash);
}

/** §2.1.4.2: the roots over `from` and over `to` leaves that one path gives. */
export async function rootsOf(from: number, to: number, fromRoot: string, path: string[]): Promise<[string, string] | null> {
  if (from < 1 || from > to) return null;
  if (from === to) return path.length === 0 ? [fromRoot, fromRoot] : null;
  const steps = Number.isInteger(Math.log2(from)) ? [fromRoot, ...path] : path;
  if (steps.length === 0) return null;
  let fn = from - 1;
  let sn = to - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  let fr = bytesOf(steps[0]!);
  let sr = fr;
  for (const step of steps.slice(1)) {
    if (sn === 0) return null;
    const other = bytesOf(step);
    if (fn % 2 === 1 || fn === sn) {
      fr = await nodeHash(other, fr);
      sr = await nodeHash(other, sr);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else {
      sr = await nodeHash(sr, other);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 ? [hexOf(fr), hexOf(sr)] : null;
}

/** The fields inside the hashed bytes: "<column> <length>:<value>" or "<column> -" a line. */
export function fieldsOf(canonical: string): Record<string, string | null> {
  const bytes = utf8.encode(canonical);
  const text = new TextDecoder();
  const out: Record<string, string | null> = {};
  let at = canonical.indexOf('\n') + 1;
  while (at > 0 && at < bytes.length) {
    const space = bytes.indexOf(32, at);
    const name = text.decode(bytes.subarray(at, space));
    if (bytes[space + 1] === 45) {
      out[name] = null;
      at = bytes.indexOf(10, space) + 1;
      continue;
    }
    const colon = bytes.indexOf(58, space);
    const length = Number(text.decode(bytes.subarray(space + 1, colon)));
    out[name] = text.decode(bytes.subarray(colon + 1, colon + 1 + length));
    at = colon + 1 + length + 1;
  }
  return out;
}

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'object' && inner !== null && !Array.isArray(inner)
    ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner));

/** Whether what the page shows is what was hashed. */
export function showsWhatWasHashed({ record, canonical }: AuditRecordDetail): boolean {
  const fields = fieldsOf(canonical);
  return fields.id === record.id && Number(fields.at) === Date.parse(record.at) && fields.actor_kind === record.actor_kind
    && fields.actor_id === record.actor_id && fields.actor_name === record.actor_name && fields.action === record.action
    && fields.subject_kind === record.subject_kind && fields.subject_id === record.subject_id
    && (fields.org_id ?? null) === (record.org_id ?? null) && fields.succeeded === (record.succeeded ? '1' : '0')
    && sorted(JSON.parse(fields.details ?? '{}')) === sorted(record.details);
}

const fromBase64 = (text: string): Bytes => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** The signature over size, root and time as the page shows them. "skip" where the browser has no Ed25519. */
export async function signatureOutcome(head: AuditHead, logId: string, suite: string, publicKey: string | undefined): Promise<Outcome> {
  const said = `bole-audit-head-1\n${logId}\n${suite}\n${head.size}\n${head.root}\n${Date.parse(head.at)}\n${head.key_id}\n`;
  if (!publicKey || said !== head.signed_text) return 'fail';
  try {
    const key = await crypto.subtle.importKey('spki', fromBase64(publicKey), 'Ed25519', false, ['verify']);
    return (await crypto.subtle.verify('Ed25519', key, fromBase64(head.signature), utf8.encode(said))) ? 'pass' : 'fail';
  } catch {
    return 'skip';
  }
}

const outcome = (good: boolean): Outcome => (good ? 'pass' : 'fail');

export async function checkRecord(detail: AuditRecordDetail, logId: string, publicKey: string | undefined): Promise<Check[]> {
  const leaf = await leafHash(detail.canonical);
  const checks: Check[] = [
    { name: 'content', outcome: outcome(showsWhatWasHashed(detail)) },
    { name: 'leaf', outcome: outcome(hexOf(leaf) === detail.leaf_hash) },
  ];
  if (!detail.proof) return checks;
  const { leaf_index: index, tree_size: size, path, head } = detail.proof;
  const root = size === head.size ? await rootOf(index, size, leaf, path) : null;
  checks.push({ name: 'path', outcome: outcome(root === head.root) });
  checks.push({ name: 'signature', outcome: await signatureOutcome(head, logId, detail.suite, publicKey) });
  return checks;
}

export async function checkConsistency({ from, to, path }: AuditConsistency): Promise<Check[]> {
  const roots = await rootsOf(from.size, to.size, from.root, path);
  return [{ name: 'root', outcome: outcome(roots !== null && roots[0] === from.root && roots[1] === to.root) }];
}
