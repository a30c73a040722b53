import { describe, expect, it } from 'vitest';
import { byReach, reachesOf, reachOf, withReach } from './reach';

const reaches = [{ permission: 'candidate.read', reach: 'assigned' as const }, { permission: 'report.read', reach: 'own' as const }];

describe('reach', () => {
  it('is the whole unit where nothing is said', () => {
    expect(reachOf(reaches, 'candidate.read')).toBe('assigned');
    expect(reachOf(reaches, 'plan.read')).toBe('subtree');
  });

  it('is set once for each permission, and the whole unit needs no entry', () => {
    expect(withReach(reaches, 'candidate.read', 'reports')).toEqual([{ permission: 'report.read', reach: 'own' }, { permission: 'candidate.read', reach: 'reports' }]);
    expect(withReach(reaches, 'candidate.read', 'subtree')).toEqual([{ permission: 'report.read', reach: 'own' }]);
    expect(withReach([], 'candidate.read', 'subtree')).toEqual([]);
  });

  it('goes with the permission that is taken away', () => {
    expect(reachesOf(reaches, ['report.read', 'plan.read'])).toEqual([{ permission: 'report.read', reach: 'own' }]);
  });

  it('groups permissions, the widest first', () => {
    const held = ['report.read', 'candidate.read', 'plan.read', 'job.read'].map((key) => ({ key }));
    expect(byReach(held, reaches).map((part) => [part.reach, ...part.permissions.map((one) => one.key)]))
      .toEqual([['subtree', 'plan.read', 'job.read'], ['assigned', 'candidate.read'], ['own', 'report.read']]);
  });
});
