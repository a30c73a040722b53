import type { AuditRecordDetail } from '@bole/api';
import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bytesOf, checkRecord, fieldsOf, hexOf, leafHash, obstacle, rootOf, rootsOf, sides } from './verify';

// The definition of the RFC, word for word, over the test leaves of Certificate Transparency.
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const hash = async (...parts: Uint8Array[]) => new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(parts.flatMap((part) => [...part]))));
const leaf = (hex: string) => hash(Uint8Array.of(0), bytesOf(hex));

async function mth(from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  if (to - from === 1) return leaf(leaves[from]!);
  let k = 1;
  while (2 * k < to - from) k *= 2;
  return hash(Uint8Array.of(1), await mth(from, from + k), await mth(from + k, to));
}

async function inclusion(index: number, from: number, to: number): Promise<string[]> {
  if (to - from === 1) return [];
  let k = 1;
  while (2 * k < to - from) k *= 2;
  return index < from + k
    ? [...(await inclusion(index, from, from + k)), hexOf(await mth(from + k, to))]
    : [...(await inclusion(index, from + k, to)), hexOf(await mth(from, from + k))];
}

async function consistency(m: number, from: number, to: number, whole: boolean): Promise<string[]> {
  if (m === to) return whole ? [] : [hexOf(await mth(from, to))];
  let k = 1;
  while (2 * k < to - from) k *= 2;
  return m <= from + k
    ? [...(await consistency(m, from, from + k, whole)), hexOf(await mth(from + k, to))]
    : [...(await consistency(m, from + k, to, false)), hexOf(await mth(from, from + k))];
}

describe('inclusion', () => {
  it('knows the published root', async () => {
    expect(hexOf(await mth(0, 8))).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
  });

  it('holds for every place in every tree and for no other place', async () => {
    for (let size = 1; size <= 8; ++size) {
      const root = hexOf(await mth(0, size));
      for (let index = 0; index < size; ++index) {
        const path = await inclusion(index, 0, size);
        const hashed = await leaf(leaves[index]!);
        expect(await rootOf(index, size, hashed, path)).toBe(root);
        expect(sides(index, size, path.length)).toHaveLength(path.length);
        if (size > 1) expect(await rootOf((index + 1) % size, size, hashed, path)).not.toBe(root);
        expect(await rootOf(index, size, hashed, [...path, root])).toBeNull();
        expect(await rootOf(size, size, hashed, path)).toBeNull();
      }
    }
  });
});

describe('consistency', () => {
  it('leads to both roots', async () => {
    for (let to = 1; to <= 8; ++to) {
      for (let from = 1; from <= to; ++from) {
        const [first, second] = [hexOf(await mth(0, from)), hexOf(await mth(0, to))];
        const path = await consistency(from, 0, to, true);
        expect(await rootsOf(from, to, first, path), `${from} ${to}`).toEqual([first, second]);
        if (path.length > 0) expect(await rootsOf(from, to, first, [...path.slice(0, -1), first])).not.toEqual([first, second]);
      }
    }
  });
});

const canonical = 'bole-audit-record-1\nid 3:01A\nat 13:1763800000000\nactor_kind 4:user\nactor_id 1:u\nactor_name 6:张三\n'
  + 'action 6:a.read\nsubject_kind 1:k\nsubject_id 1:s\norg_id -\nsucceeded 1:1\ndetails 26:{"b":"x\\ny z","a":{"n":1}}\n';

async function detail(): Promise<{ record: AuditRecordDetail; key: string }> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const root = hexOf(await leafHash(canonical));
  const head = { id: 'h', size: 1, root, at: '2025-11-22T08:26:40.000Z', key_id: 'k', signature: '', signed_text: '', valid: true };
  head.signed_text = `bole-audit-head-1\nlog\ned25519-sha256\n1\n${root}\n${Date.parse(head.at)}\nk\n`;
  head.signature = sign(null, Buffer.from(head.signed_text), privateKey).toString('base64');
  return {
    key: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    record: {
      record: {
        id: '01A', at: '2025-11-22T08:26:40.000Z', actor_kind: 'user', actor_id: 'u', actor_name: '张三', action: 'a.read',
        subject_kind: 'k', subject_id: 's', succeeded: true, details: { a: { n: 1 }, b: 'x\ny z' }, leaf_index: 0,
      },
      suite: 'ed25519-sha256', canonical, leaf_hash: root, intact: true,
      proof: { leaf_index: 0, tree_size: 1, path: [], head },
    },
  };
}

describe('a record', () => {
  it('is read out of its bytes', () => {
    expect(fieldsOf(canonical)).toMatchObject({ actor_name: '张三', org_id: null, details: '{"b":"x\\ny z","a":{"n":1}}' });
  });

  it('passes every check when nothing was changed', async () => {
    const { record, key } = await detail();
    expect((await checkRecord(record, 'log', key)).map((check) => check.outcome)).toEqual(['pass', 'pass', 'pass', 'pass']);
  });

  it('fails where something was changed', async () => {
    const failing = async (change: (record: AuditRecordDetail) => void, log = 'log') => {
      const { record, key } = await detail();
      change(record);
      return (await checkRecord(record, log, key)).filter((check) => check.outcome === 'fail').map((check) => check.name);
    };
    expect(await failing((it) => { it.record.actor_name = '李四'; })).toEqual(['content']);
    expect(await failing((it) => { it.record.details = {}; })).toEqual(['content']);
    expect(await failing((it) => { it.canonical = canonical.replace('a.read', 'a.edit'); it.record.action = 'a.edit'; })).toEqual(['leaf', 'path']);
    expect(await failing((it) => { it.proof!.head.root = 'ab'.repeat(32); })).toEqual(['path', 'signature']);
    expect(await failing((it) => { it.proof!.tree_size = 2; })).toEqual(['path']);
    expect(await failing((it) => { it.proof!.head.signature = `${'A'.repeat(85)}A==`; })).toEqual(['signature']);
    expect(await failing(() => {}, 'another log')).toEqual(['signature']);
  });

  it('says when the browser cannot check', () => {
    expect(obstacle('sm2-sm3')).toBe('sm');
    expect(obstacle('ed25519-sha256')).toBeNull();
  });
});
