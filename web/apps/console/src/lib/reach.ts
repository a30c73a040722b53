import type { PermissionReach, Reach } from '@bole/api';

/** How far a permission reaches: what is not named reaches the whole unit and all below. */
export function reachOf(reaches: PermissionReach[], permission: string): Reach {
  return reaches.find((one) => one.permission === permission)?.reach ?? 'subtree';
}

/** The list with this permission reaching that far. */
export function withReach(reaches: PermissionReach[], permission: string, reach: Reach): PermissionReach[] {
  const others = reaches.filter((one) => one.permission !== permission);
  return reach === 'subtree' ? others : [...others, { permission, reach }];
}

/** Only what still belongs to a permission that is held. */
export function reachesOf(reaches: PermissionReach[], permissions: string[]): PermissionReach[] {
  return reaches.filter((one) => permissions.includes(one.permission));
}

/** The permissions by how far they reach, the widest first. */
export function byReach<T extends { key: string }>(permissions: T[], reaches: PermissionReach[]): { reach: Reach; permissions: T[] }[] {
  const order: Reach[] = ['subtree', 'reports', 'assigned', 'own'];
  return order
    .map((reach) => ({ reach, permissions: permissions.filter((one) => reachOf(reaches, one.key) === reach) }))
    .filter((part) => part.permissions.length > 0);
}
