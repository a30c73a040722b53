import { useSyncExternalStore } from 'react';

/** Why the signed-in person looks at personal data; sent with every request and written into the evidence log. */
export interface Purpose {
  code: string;
  note: string;
}

const kStorageKey = 'bole.purpose';
const watchers = new Set<() => void>();

function stored(): Purpose | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(kStorageKey) ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const { code, note } = value as Partial<Purpose>;
    return typeof code === 'string' && code ? { code, note: typeof note === 'string' ? note : '' } : null;
  } catch {
    return null; // Storage is switched off or holds something else: nothing was said.
  }
}

let purpose = stored();

export function currentPurpose(): Purpose | null {
  return purpose;
}

function change(next: Purpose | null) {
  if (purpose === next) return;
  purpose = next;
  try {
    if (next) sessionStorage.setItem(kStorageKey, JSON.stringify(next));
    else sessionStorage.removeItem(kStorageKey);
  } catch {
    // Remembered until the page is closed.
  }
  for (const watcher of watchers) watcher();
}

export const rememberPurpose = (next: Purpose) => change(next);
export const forgetPurpose = () => change(null);

export function purposeHeaders(): Record<string, string> {
  if (!purpose) return {};
  return { 'X-Bole-Purpose': purpose.note ? `${purpose.code};${encodeURIComponent(purpose.note)}` : purpose.code };
}

export function usePurpose(): Purpose | null {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, currentPurpose);
}
