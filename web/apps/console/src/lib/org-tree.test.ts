import type { OrgNodeView } from '@bole/api';
import { describe, expect, it } from 'vitest';
import { found, orgTree } from './org-tree';

function node(id: string, parent?: string, name = id): OrgNodeView {
  return {
    id, parent_id: parent, code: id, name, name_en: '', kind: 'branch', city: '', zone: 'Asia/Shanghai', locale: 'zh-CN', path: `/${id}/`,
    depth: 0, version: 1, state: 'open',
  };
}

describe('found', () => {
  const tree = orgTree([node('HQ'), node('BJ', 'HQ', 'Beijing'), node('BJ-1', 'BJ'), node('SZ', 'HQ')], (entry) => entry.name);

  it('keeps what is above a hit and drops the rest', () => {
    const part = found(tree, ' bj-1 ');
    expect(part.map((entry) => entry.value)).toEqual(['HQ']);
    expect(part[0]!.children.map((entry) => entry.value)).toEqual(['BJ']);
    expect(part[0]!.children[0]!.children.map((entry) => entry.value)).toEqual(['BJ-1']);
  });

  it('is the whole tree without a text, nothing without a hit', () => {
    expect(found(tree, '  ')).toBe(tree);
    expect(found(tree, 'nowhere')).toEqual([]);
  });

  it('filters 10,000 nodes within a frame or two', () => {
    const many = [node('HQ'), ...Array.from({ length: 10_000 }, (_, i) => node(`N${i}`, i < 100 ? 'HQ' : `N${i % 100}`))];
    const large = orgTree(many, (entry) => entry.name);
    const began = performance.now();
    expect(found(large, 'n99')[0]!.children.length).toBeGreaterThan(0);
    expect(performance.now() - began).toBeLessThan(250);
  });
});
